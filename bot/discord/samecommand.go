package discord

import (
	"maps"
	"slices"

	"github.com/bwmarrin/discordgo"
)

// sameCommand says whether two commands are alike in everything that we set.
func sameCommand(a, b *discordgo.ApplicationCommand) bool {
	return a.Name == b.Name && a.Description == b.Description &&
		maps.Equal(localizations(a), localizations(b)) &&
		sameSet(a.Contexts, b.Contexts) && sameSet(a.IntegrationTypes, b.IntegrationTypes) &&
		slices.EqualFunc(a.Options, b.Options, sameOption)
}

func sameOption(a, b *discordgo.ApplicationCommandOption) bool {
	return a != nil && b != nil &&
		a.Name == b.Name && a.Type == b.Type && a.Required == b.Required && a.Description == b.Description &&
		maps.Equal(a.DescriptionLocalizations, b.DescriptionLocalizations)
}

// localizations gives what a command is called elsewhere. None and an empty list are the
// same to Discord.
func localizations(c *discordgo.ApplicationCommand) map[discordgo.Locale]string {
	if c.DescriptionLocalizations == nil {
		return nil
	}
	return *c.DescriptionLocalizations
}

func sameSet[T ~uint](a, b *[]T) bool {
	if a == nil || b == nil {
		return a == b
	}
	x, y := slices.Clone(*a), slices.Clone(*b)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}
