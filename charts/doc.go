// Package charts draws the pictures of a digest from plain numbers and
// strings: a leaderboard and the days of a week. Every string comes in as it
// is to be shown, so the package knows no language, no unit and no clock. It
// never reads a file, never uses a font of the system and draws the same
// input to the same pixels on every machine.
//
// Pictures are 1080 pixels wide, made to be read on a phone inside a chat:
// nothing is smaller than 26 pixels and no fact rests on colour alone.
package charts
