package main

import (
	"fmt"
	"io"
	"sync"

	"clubrun/cmd/clubrun/house"

	"github.com/mdp/qrterminal/v3"
)

// greeting shows the codes by which the bot is paired, and before the first of
// them what its operator decides for the members.
type greeting struct {
	to       io.Writer
	settings house.Settings
	once     sync.Once
}

func (w *greeting) show(code string) {
	w.once.Do(func() { fmt.Fprint(w.to, signInWords(w.settings)) })
	fmt.Fprintln(w.to, "Scan this with the bot's phone: WhatsApp, Linked devices, Link a device.")
	qrterminal.GenerateHalfBlock(code, qrterminal.L, w.to)
}

// signInWords says how members sign in to Garmin, and how that is changed.
func signInWords(s house.Settings) string {
	words := "How members sign in to Garmin is your choice:\n"
	switch {
	case s.Passwords():
		words += "- They may type their password into the direct chat with the bot. It goes to Garmin once and is\n" +
			"  never stored, but it stays readable in that chat until they delete it. Switch this off with\n" +
			"  CLUBRUN_CHAT_PASSWORDS=off: then they sign in on Garmin's own page. Better still, give them a\n" +
			"  page of the bot's own with CLUBRUN_PUBLIC_URL=https://…\n"
	case s.PublicURL != "":
		words += "- They type their password on a page below " + s.PublicURL + ", once; passwords in the chat are off.\n"
	default:
		words += "- They sign in on Garmin's own page; passwords in the chat are off (CLUBRUN_CHAT_PASSWORDS=on allows them).\n"
	}
	return words + "- Codes (MFA) are answered in the direct chat on every road: the bot's sign-in waits for them.\n\n"
}
