// Package telegramtest is a stand-in for the server of the Telegram Bot API, with people
// in front of it. It keeps its state while a program under test comes and goes.
//
// It is made from the documentation of the Bot API and not from the code under test: what
// it refuses, the real one refuses.
//
// # Caveats
//
// It is meant for one bot with one token. It knows nothing of parse modes, inline mode,
// topics or payments, and does not limit how much is sent by itself. In groups the bot
// sees everything, as if it were an administrator.
package telegramtest
