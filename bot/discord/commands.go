package discord

import (
	"context"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

const (
	privateCommand = "private" // the one that works in servers
	maxDescription = 100       // code points
	maxCommands    = 100
	registerTime   = 10 * time.Minute // for trying to register them
)

// commandName is what Discord takes as one.
var commandName = regexp.MustCompile(`^[a-z0-9_-]{1,32}$`)

// commandsOf gives the commands as they are registered: those of the menu for direct
// messages with us, and one for servers that leads there. None works in the chats of
// others, where a couple may be talking.
func commandsOf(w Words) []*discordgo.ApplicationCommand {
	var commands []*discordgo.ApplicationCommand
	for _, c := range w.Menu("en") {
		if !commandName.MatchString(c.Name) || c.Name == privateCommand || len(commands) == maxCommands-1 {
			continue
		}
		does := func(language string) string { return doesIn(w, language, c.Name) }
		command := newCommand(w, c.Name, discordgo.InteractionContextBotDM, does)
		command.Options = []*discordgo.ApplicationCommandOption{{
			Type: discordgo.ApplicationCommandOptionString, Name: textOption,
			Description: command.Description, DescriptionLocalizations: *command.DescriptionLocalizations,
		}}
		commands = append(commands, command)
	}
	private := func(language string) string { return w.Phrase("command-private", language) }
	return append(commands, newCommand(w, privateCommand, discordgo.InteractionContextGuild, private))
}

func doesIn(w Words, language, name string) string {
	for _, c := range w.Menu(language) {
		if c.Name == name {
			return c.Does
		}
	}
	return ""
}

// newCommand makes a command that works in one context, wherever the bot is installed.
func newCommand(w Words, name string, in discordgo.InteractionContextType, does func(language string) string) *discordgo.ApplicationCommand {
	locales := map[discordgo.Locale]string{}
	for _, language := range w.Languages() {
		locale, known := localeOf(language)
		if text := describe(does(language), ""); known && text != "" {
			locales[locale] = text
		}
	}
	return &discordgo.ApplicationCommand{
		Type: discordgo.ChatApplicationCommand, Name: name,
		Description: describe(does("en"), name), DescriptionLocalizations: &locales,
		Contexts: &[]discordgo.InteractionContextType{in},
		IntegrationTypes: &[]discordgo.ApplicationIntegrationType{
			discordgo.ApplicationIntegrationGuildInstall, discordgo.ApplicationIntegrationUserInstall,
		},
	}
}

func describe(text, otherwise string) string {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" {
		return otherwise
	}
	return cut(text, maxDescription)
}

// localeOf gives Discord's name of a language, if it has one. English is what is there
// without one.
func localeOf(tag string) (discordgo.Locale, bool) {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	if base == "en" || base == "" {
		return "", false
	}
	first := discordgo.Locale("")
	for locale := range discordgo.Locales {
		name := strings.ToLower(string(locale))
		if name == strings.ToLower(tag) {
			return locale, true
		}
		if n, _, _ := strings.Cut(name, "-"); n == base && (first == "" || isMain(locale)) {
			first = locale
		}
	}
	return first, first != ""
}

// isMain says which locale of several stands for its language.
func isMain(locale discordgo.Locale) bool {
	return locale == discordgo.SpanishES || locale == discordgo.ChineseCN
}

// register sees to it that Discord has our commands, unless that was seen to, or is being
// seen to.
func (r *receiver) register(app string) {
	if !r.registered.CompareAndSwap(false, true) {
		return
	}
	r.beside.Go(func() {
		ctx, cancel := context.WithTimeout(r.ctx, registerTime)
		defer cancel()
		if err := r.rest.register(ctx, app, commandsOf(r.words)); err != nil && r.ctx.Err() == nil {
			r.log.Error("the commands can't be registered", "error", err)
			r.registered.Store(false) // the next session tries again
		}
	})
}

// register replaces the commands of an application, if they are others.
func (r *rest) register(ctx context.Context, app string, want []*discordgo.ApplicationCommand) error {
	same, err := r.registered(ctx, app, want)
	if same || err != nil {
		return err
	}
	return r.patiently(ctx, call{
		route: "PUT applications/{id}/commands", url: discordgo.EndpointApplicationGlobalCommands(app), body: want,
	}, nil)
}

// registered says whether an application has just these commands.
func (r *rest) registered(ctx context.Context, app string, want []*discordgo.ApplicationCommand) (bool, error) {
	var have []*discordgo.ApplicationCommand
	err := r.patiently(ctx, call{
		route: "GET applications/{id}/commands", url: discordgo.EndpointApplicationGlobalCommands(app),
		query: url.Values{"with_localizations": {"true"}},
	}, &have)
	if err != nil || len(have) != len(want) {
		return false, err
	}
	for _, w := range want {
		same := func(h *discordgo.ApplicationCommand) bool { return h != nil && sameCommand(h, w) }
		if !slices.ContainsFunc(have, same) {
			return false, nil
		}
	}
	return true, nil
}
