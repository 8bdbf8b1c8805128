package telegramtest

import (
	"regexp"
	"slices"
	"unicode/utf8"
)

// about is what the bot says of itself.
type about struct {
	commandName *regexp.Regexp
	commands    map[audience][]Command
	texts       map[string]map[string]string // by method and language
}

// audience is who is shown a list of commands.
type audience struct{ scope, language string }

// Command is a command that the app offers.
type Command struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

func newAbout() about {
	return about{
		commandName: regexp.MustCompile(`^[a-z0-9_]{1,32}$`),
		commands:    map[audience][]Command{},
		texts:       map[string]map[string]string{"description": {}, "short_description": {}},
	}
}

// Commands gives the commands of a scope and language as they were set.
func (s *Server) Commands(scope, language string) []Command {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.about.commands[audience{scope, language}])
}

// Description gives what is shown in an empty chat, and Short what is on the profile.
func (s *Server) Description(language string) (description, short string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.about.texts["description"][language], s.about.texts["short_description"][language]
}

// readAudience reads who a list of commands is for.
func readAudience(c call) (audience, error) {
	a := audience{"default", c.params["language_code"]}
	if c.params["scope"] != "" {
		scope, err := read[struct{ Type string }](c, "scope")
		if err != nil {
			return a, err
		}
		a.scope = scope.Type
	}
	known := []string{
		"default", "all_private_chats", "all_group_chats", "all_chat_administrators",
		"chat", "chat_administrators", "chat_member",
	}
	if !slices.Contains(known, a.scope) {
		return a, badRequest("can't parse BotCommandScope: unsupported type specified")
	}
	return a, checkLanguage(a.language)
}

func checkLanguage(tag string) error {
	if tag != "" && len(tag) != 2 {
		return badRequest("invalid language code specified")
	}
	return nil
}

func (s *Server) setMyCommands(c call) (any, error) {
	a, err := readAudience(c)
	if err != nil {
		return nil, err
	}
	commands, err := read[[]Command](c, "commands")
	if err != nil {
		return nil, err
	}
	if len(commands) > 100 {
		return nil, badRequest("too many commands specified")
	}
	for _, one := range commands {
		switch n := utf8.RuneCountInString(one.Description); {
		case !s.about.commandName.MatchString(one.Command):
			return nil, badRequest("BOT_COMMAND_INVALID")
		case n < 1 || n > 256:
			return nil, badRequest("BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}
	s.about.commands[a] = commands
	return true, nil
}

func (s *Server) getMyCommands(c call) (any, error) {
	a, err := readAudience(c)
	if err != nil {
		return nil, err
	}
	return append([]Command{}, s.about.commands[a]...), nil
}

func (s *Server) deleteMyCommands(c call) (any, error) {
	a, err := readAudience(c)
	if err != nil {
		return nil, err
	}
	delete(s.about.commands, a)
	return true, nil
}

func (s *Server) setText(c call, name string, most int) (any, error) {
	text := c.params[name]
	if width(text) > most {
		return nil, badRequest("bot " + name + " is too long")
	}
	s.about.texts[name][c.params["language_code"]] = text
	return true, checkLanguage(c.params["language_code"])
}

// getText gives a text in a language, or else the one for everybody.
func (s *Server) getText(c call, name string) (any, error) {
	text, ok := s.about.texts[name][c.params["language_code"]]
	if !ok {
		text = s.about.texts[name][""]
	}
	return map[string]string{name: text}, nil
}

func (s *Server) setMyDescription(c call) (any, error) { return s.setText(c, "description", 512) }
func (s *Server) getMyDescription(c call) (any, error) { return s.getText(c, "description") }

func (s *Server) setMyShortDescription(c call) (any, error) {
	return s.setText(c, "short_description", 120)
}

func (s *Server) getMyShortDescription(c call) (any, error) {
	return s.getText(c, "short_description")
}
