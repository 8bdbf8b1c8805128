package discordtest

import "slices"

// Command lets a person use a slash command in their channel, with a text as its first
// option unless that is empty.
func (s *Server) Command(person int, name, text string) { s.command(person, inBotDM, name, text) }

// GuildCommand lets a person use, in a room of a server where others read along, the
// first command that is registered for there, or "private".
func (s *Server) GuildCommand(person int) { s.command(person, inGuild, "", "") }

// GroupCommand lets a person use a command in a chat with other people.
func (s *Server) GroupCommand(person int) { s.command(person, inPrivateChannel, "start", "") }

func (s *Server) command(person, context int, name, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.registered(context, name)
	data := map[string]any{"id": c.ID, "name": c.Name, "type": 1}
	if text != "" {
		data["options"] = []any{map[string]any{"name": c.textOption(), "type": 3, "value": text}}
	}
	a := s.newAct(person, slashAct, context)
	a.name = c.Name
	s.dispatch("INTERACTION_CREATE", s.wireAct(a, data))
}

// registered gives a command by its name, or the first one of a context.
func (s *Server) registered(context int, name string) Command {
	for _, c := range s.commands {
		if c.Name == name || name == "" && slices.Contains(c.Contexts, context) {
			return c
		}
	}
	if name == "" {
		name = "private"
	}
	return Command{ID: "500000000000005000", Name: name}
}

func (c Command) textOption() string {
	for _, o := range c.Options {
		if o.Type == 3 {
			return o.Name
		}
	}
	return "text"
}

// Press implements [bottest.Peer]. What can be chosen from a select counts as a button.
func (s *Server) Press(person int, label string) {
	if !s.TryPress(person, label) {
		panic("no such button")
	}
}

// TryPress is Press; false if the last message with buttons has none with that label.
func (s *Server) TryPress(person int, label string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pick(person, func(m *message) []choice { return choices(m.rows) }, label)
}

// PressTwice presses a button twice before anything can happen.
func (s *Server) PressTwice(person int, label string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := func(m *message) []choice { return choices(m.rows) }
	for range 2 {
		if !s.pick(person, now, label) {
			panic("no such button")
		}
	}
}

// PressOld presses the last button with that label that could be seen at any time, even
// if it has been taken away since.
func (s *Server) PressOld(person int, label string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range slices.Backward(s.chat(person).messages) {
		for _, c := range slices.Backward(m.seen) {
			if c.label == label {
				s.use(person, m, c)
				return
			}
		}
	}
	panic("there never was such a button")
}

// Choose lets a person choose an option from a select of the last message with buttons.
func (s *Server) Choose(person int, label string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	options := func(m *message) []choice {
		return slices.DeleteFunc(choices(m.rows), func(c choice) bool { return !c.isOption })
	}
	if !s.pick(person, options, label) {
		panic("no such option")
	}
}

// pick uses a choice of the last message that has any.
func (s *Server) pick(person int, of func(*message) []choice, label string) bool {
	for _, m := range slices.Backward(s.chat(person).messages) {
		if !m.isHeard() || len(choices(m.rows)) == 0 {
			continue
		}
		for _, c := range of(m) {
			if c.label == label {
				s.use(person, m, c)
				return true
			}
		}
		return false
	}
	return false
}

// use lets a person use a component.
func (s *Server) use(person int, m *message, c choice) {
	data := map[string]any{"custom_id": c.id, "component_type": buttonKind}
	if c.isOption {
		data["component_type"], data["values"] = selectKind, []any{c.value}
	}
	a := s.newAct(person, componentAct, inBotDM)
	a.on = m
	s.dispatch("INTERACTION_CREATE", s.wireAct(a, data))
}

// isHeard says whether a person sees a message of the bot.
func (m *message) isHeard() bool { return m.byBot && !m.deleted && m.flags&loading == 0 }
