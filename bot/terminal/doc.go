// Package terminal is a chat in the terminal: a bot.Platform for one person, who
// needs no account.
//
// Each line that is typed is an event, and each message is shown with its buttons
// below it, to be picked by number. It works on a pipe as well: then there is no
// prompt and no control code, and the chat ends with the input.
//
// If the options allow it, ":as NAME" goes on as somebody else, whose chat is another one;
// what comes to a chat that is not in front stands beside a bar.
//
// A line can send a file as a photo, if the options allow that; there is no caption.
//
// A file is written into a folder, readable by the owner alone, and the chat says where
// it is.
//
// # Caveats
//
// A Read that is under way can't be interrupted. When the context of Receive ends
// before the input does, Receive closes the input if it can be closed, and leaves
// the goroutine that reads it to end with the next line.
//
// On a pipe a line can be read before the answer to the line before is shown, and
// then a number would pick a button of the question before. Options.Ready is there
// to wait for it.
package terminal
