// Package bottest is the suite that every [bot.Platform] passes, and a platform in
// memory for tests of what stands on one.
//
// # Caveats
//
// The suite waits for what is to happen and fails when it takes absurdly long. A
// platform that waits by the clock before it hands an event over again should run
// in [RunVirtual], or be told to wait for less.
package bottest
