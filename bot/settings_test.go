package bot_test

import (
	"strings"
	"testing"

	"clubrun/bot"
	"clubrun/digest/locale"
	"clubrun/store"
)

func TestTheTermsSayWhatThisServerDoes(t *testing.T) {
	for _, c := range []struct {
		set  func(*bot.Settings)
		text string
		want string
		not  string
	}{
		{func(s *bot.Settings) { s.Files = "none" }, "/link chat", "Your tracks are not kept.", "/files on"},
		{func(s *bot.Settings) { s.Files = "all" }, "/link chat", "also keeps your activity files", "not kept"},
		{func(s *bot.Settings) { s.Files = "all" }, "/privacy", "also keeps your activity files", "not kept"},
		{func(s *bot.Settings) { s.Operator = "" }, "/link chat", "Whoever runs this bot sees", "*Olga*"},
		{func(s *bot.Settings) { s.Passwords = false }, "/link", "*1* On Garmin's own page", "With your password"},
		{func(s *bot.Settings) { s.Passwords = false }, "/link chat", "It does offer: /link garmin", "e-mail address of"},
		{func(s *bot.Settings) { s.Page = "" }, "/link", "*1* With your password", "Garmin's own page"},
		{func(s *bot.Settings) { s.Page = "" }, "/link garmin", "It does offer: /link chat", "e-mail address of"},
		{func(s *bot.Settings) { s.Page, s.Passwords = "", false }, "/link", "switched off", "e-mail"},
		{func(s *bot.Settings) { s.Number = nil }, "/help", "/link", "wa.me"},
	} {
		play(t, func(w *world) {
			c.set(&w.set)
			w.calm()
			if got := w.say("ana", c.text); !strings.Contains(got, c.want) || strings.Contains(got, c.not) {
				t.Errorf("%s: want %q and not %q: %s", c.text, c.want, c.not, got)
			}
		})
	}
}

func TestAnyGroupStartsWhereTheOperatorSaysSo(t *testing.T) {
	play(t, func(w *world) {
		w.set.AnyGroup = true
		w.calm()
		if got := w.say("ben@Parkside RC", "/start"); got != "< reacts 🔒\n" {
			t.Errorf("a member started it: %s", got)
		}
		if got := w.say("ines@Parkside RC", "/start"); !strings.Contains(got, "I am *Clubrun*") {
			t.Errorf("its admin did not: %s", got)
		}
	})
}

// A group that the bot was in before it ever ran is known by its roster.
func TestAGroupMayBeStartedBeforeItIsKnown(t *testing.T) {
	play(t, func(w *world) {
		chat := chatOf("Night Owls")
		w.rosters[chat] = &store.Roster{Chat: chat, Name: "Night *Owls*\n", People: []store.Person{{User: "lid-ines", Admin: true}}}
		if got := w.say("ines@Night Owls", "/week"); got != "" {
			t.Errorf("answered: %s", got)
		}
		got := w.say("ines@Night Owls", "/start")
		if !strings.Contains(got, "allowed") || strings.Contains(got, "Night *Owls*") {
			t.Errorf("answered: %s", got)
		}
	})
}

func TestYesAndNoInEveryLanguage(t *testing.T) {
	for _, word := range []string{"yes", "Yes!", "Ja", "sí", "Sim", "oui", "sì", "ja.", "OK", "👍"} {
		play(t, func(w *world) {
			w.say("ben", "/link chat")
			w.say("ben", "ben@example.org")
			w.say("ben", "ben-pass-1")
			if got := w.say("ben", word); !strings.Contains(got, "Done!") {
				t.Errorf("%s: %s", word, got)
			}
			w.say("ben", "/leave")
			w.say("ben", "/join")
			no := map[string]string{"Ja": "Nein", "sí": "No", "Sim": "Não", "oui": "Non", "sì": "no", "ja.": "Nee"}[word]
			if no == "" {
				no = "nope"
			}
			if got := w.say("ben", no); !strings.Contains(got, "nobody sees") {
				t.Errorf("%s: %s", no, got)
			}
		})
	}
}

// What is read on a phone is short: the whole story in the first lines.
func TestAnswersAreShort(t *testing.T) {
	long := map[string]bool{"bot.link.ticket": true}
	for _, key := range []string{
		"bot.stranger", "bot.terms", "bot.privacy.read", "bot.privacy.out", "bot.help.room", "bot.help.new", "bot.link.password", "bot.link.ticket", "bot.link.code.email",
		"bot.posted", "bot.share.ask", "bot.share.done", "bot.unlinked", "bot.deleted", "bot.delete.ask", "bot.start.done", "bot.start.notallowed",
		"bot.goal.set", "bot.goal.unknown", "bot.duel.asked", "bot.duel.ask", "bot.pause.set", "bot.digest.preview", "bot.metric.is", "bot.stats.unknown",
		"bot.refused.rate", "bot.refused.interaction", "bot.files.on",
	} {
		text := locale.For("en", store.Kilometres).Say(key)
		if text == key {
			t.Errorf("%s has no text", key)
		}
		if n := len([]rune(text)); n > 350 && !long[key] {
			t.Errorf("%s has %d signs", key, n)
		}
	}
}
