package main

import (
	"strings"
	"testing"

	"clubrun/cmd/clubrun/house"
)

// The first start says that passwords in a chat are the operator's choice, why
// codes come by chat, and how passwords are switched off: once, before the
// first code.
func TestTheFirstStartSaysHowMembersSignIn(t *testing.T) {
	for name, c := range map[string]struct {
		passwords, url string
		want           []string
	}{
		"as it comes": {house.PasswordsAuto, "", []string{"into the direct chat", "CLUBRUN_CHAT_PASSWORDS=off", "CLUBRUN_PUBLIC_URL"}},
		"off":         {house.PasswordsOff, "", []string{"Garmin's own page", "passwords in the chat are off"}},
		"a page":      {house.PasswordsAuto, "https://club.example.org", []string{"https://club.example.org", "passwords in the chat are off"}},
	} {
		s := house.Defaults()
		s.ChatPasswords, s.PublicURL = c.passwords, c.url
		var out strings.Builder
		w := &greeting{to: &out, settings: s}
		w.show("first")
		w.show("second")
		for _, want := range append(c.want, "Codes (MFA) are answered in the direct chat") {
			if strings.Count(out.String(), want) != 1 {
				t.Errorf("%s: not %q once:\n%s", name, want, out.String())
			}
		}
		if n := strings.Count(out.String(), "Linked devices"); n != 2 {
			t.Errorf("%s: %d codes", name, n)
		}
	}
}
