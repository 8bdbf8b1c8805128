package discordtest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Contexts in which a command can be used.
const (
	inGuild = iota
	inBotDM
	inPrivateChannel
)

// Command is an application command that the bot has registered.
type Command struct {
	ID                       string            `json:"id"`
	ApplicationID            string            `json:"application_id"`
	Version                  string            `json:"version"`
	Type                     int               `json:"type"`
	Name                     string            `json:"name"`
	NameLocalizations        map[string]string `json:"name_localizations,omitempty"`
	Description              string            `json:"description"`
	DescriptionLocalizations map[string]string `json:"description_localizations,omitempty"`
	Options                  []Option          `json:"options,omitempty"`
	Contexts                 []int             `json:"contexts"`
	IntegrationTypes         []int             `json:"integration_types"`
	DefaultMemberPermissions *string           `json:"default_member_permissions"`
	NSFW                     bool              `json:"nsfw"`
}

// Option is an option of a command.
type Option struct {
	Type                     int               `json:"type"`
	Name                     string            `json:"name"`
	NameLocalizations        map[string]string `json:"name_localizations,omitempty"`
	Description              string            `json:"description"`
	DescriptionLocalizations map[string]string `json:"description_localizations,omitempty"`
	Required                 bool              `json:"required,omitempty"`
}

// Commands gives the commands that the bot has registered.
func (s *Server) Commands() []Command {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.commands)
}

func (s *Server) ofThisApp(c *call) error {
	if c.PathValue("app") != appID {
		return refuse(http.StatusForbidden, 20012, "You are not authorized to perform this action on this application")
	}
	return nil
}

// getCommands leaves the words of other languages out, unless they are asked for.
func (s *Server) getCommands(c *call) (any, error) {
	if err := s.ofThisApp(c); err != nil {
		return nil, err
	}
	list := append([]Command{}, s.commands...)
	if c.URL.Query().Get("with_localizations") != "true" {
		for i := range list {
			list[i] = list[i].inEnglish()
		}
	}
	return list, nil
}

func (c Command) inEnglish() Command {
	c.NameLocalizations, c.DescriptionLocalizations = nil, nil
	c.Options = slices.Clone(c.Options)
	for i := range c.Options {
		c.Options[i].NameLocalizations, c.Options[i].DescriptionLocalizations = nil, nil
	}
	return c
}

// putCommands puts a list of commands in place of all there were. A command of the same
// name keeps its id.
func (s *Server) putCommands(c *call) (any, error) {
	if err := s.ofThisApp(c); err != nil {
		return nil, err
	}
	list := []Command{}
	if err := json.Unmarshal(c.form.data, &list); err != nil {
		return nil, invalid("_", "BASE_TYPE_BAD_TYPE", "The body is no list of commands.")
	}
	names := map[string]bool{}
	for i := range list {
		if err := list[i].check(); err != nil {
			return nil, err
		}
		if names[list[i].Name] {
			return nil, invalid("name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
		}
		names[list[i].Name] = true
		s.register(&list[i])
	}
	if len(list) > 100 {
		return nil, refuse(http.StatusBadRequest, 30032, "Maximum number of application commands reached (100)")
	}
	s.commands = list
	return list, nil
}

// register completes a command, and notes what it should not be like.
func (s *Server) register(c *Command) {
	c.ID, c.Version, c.ApplicationID = text(s.ids.next()), text(s.ids.next()), appID
	for _, old := range s.commands {
		if old.Name == c.Name {
			c.ID = old.ID
		}
	}
	if c.Type == 0 {
		c.Type = 1
	}
	if slices.Contains(c.Contexts, inPrivateChannel) || c.Contexts == nil {
		s.violate("a command can be used where other people read along")
	}
}

func (c *Command) check() error {
	if err := checkNames(c.Name, c.Description, c.NameLocalizations, c.DescriptionLocalizations); err != nil {
		return err
	}
	if len(c.Options) > 25 {
		return invalid("options", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
	}
	for _, o := range c.Options {
		if o.Type < 1 || o.Type > 11 {
			return invalid("options", "BASE_TYPE_CHOICES", "There is no such type of option.")
		}
		if err := checkNames(o.Name, o.Description, o.NameLocalizations, o.DescriptionLocalizations); err != nil {
			return err
		}
	}
	return nil
}

func checkNames(name, description string, names, descriptions map[string]string) error {
	if !isCommandName(name) {
		return invalid("name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
	}
	if !within(description, 100) {
		return invalid("description", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
	}
	for locale, name := range names {
		if !isLocale(locale) || !isCommandName(name) {
			return invalid("name_localizations", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
		}
	}
	for locale, description := range descriptions {
		if !isLocale(locale) || !within(description, 100) {
			return invalid("description_localizations", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
		}
	}
	return nil
}

func isCommandName(name string) bool {
	return within(name, 32) && utf8.ValidString(name) && strings.ToLower(name) == name &&
		!strings.ContainsFunc(name, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) && !strings.ContainsRune("-_'", r)
		})
}

// isLocale says whether Discord knows a locale.
// https://discord.com/developers/docs/reference#locales
func isLocale(tag string) bool {
	const all = " id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko "
	return !strings.Contains(tag, " ") && strings.Contains(all, " "+tag+" ")
}
