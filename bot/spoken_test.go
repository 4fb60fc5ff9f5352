package bot_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"clubrun/store"
	"clubrun/store/storetest"
)

// answer says something in the group in answer to a message.
func (w *world) answer(who, quoted, text string) string {
	w.t.Helper()
	in := w.message(who, text)
	in.Quotes = quoted
	w.receive(in)
	return w.answers()
}

// mention says something in the group that names the bot; WhatsApp's room has
// taken the mention itself out of the text.
func (w *world) mention(who, text string) string {
	w.t.Helper()
	in := w.message(who, text)
	in.Mentions = true
	w.receive(in)
	return w.answers()
}

// kept is the text under which the last message of a group was stored; "-" is
// not at all.
func (w *world) kept() string {
	w.t.Helper()
	in, err := w.db.Message(w.t.Context(), w.chat, w.last)
	if errors.Is(err, store.ErrNotFound) {
		return "-"
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return in.Text
}

const room = "Tuesday Runners"

// post lets the bot write something in the group and returns its id there.
func (w *world) post() string {
	w.t.Helper()
	w.say("ben@"+room, "/privacy")
	return "SENT re:" + w.last + ":1"
}

// "Without slash (week?, stats, semana?) answered only in DM, as a reply to the
// bot, or with @bot. In groups plain words are never a command."
func TestPlainWordsInAGroupAreACommandOnlyWhereTheyAreWrittenToTheBot(t *testing.T) {
	const week, last, stats = "Week 37 so far", "Week 36", "September 2026"
	play(t, func(w *world) {
		w.link("ana")
		for _, c := range []struct{ text, want, kept string }{
			{"week?", week, "/week"}, {"stats", stats, "/stats"}, {"semana?", week, "/week"}, {"Week", week, "/week"}, {"woche!", week, "/week"},
			{"last week", last, "/week last"}, {"this week", week, "/week this"}, {"week 36", last, "/week 36"}, {"kw 36", last, "/week 36"},
			{"letzte Woche?", last, "/week letzte"}, {"semaine dernière", last, "/week derniere"}, {"week ana", "*Ana*", "/week ana"},
			{"week @" + storetest.User("ana"), "*Ana*", "/week @" + fold(storetest.User("ana"))}, {"week @" + phone("ana"), "*Ana*", "/week @" + phone("ana")},
			{"week run", "Run only", "/week run"}, {"stats since august", "1 Aug", "/stats since august"}, {"month", stats, "/month"}, {"🏃 week?", week, "/week"},
			{"*stats*", stats, "/stats"}, {"week please 🙏", week, "/week"}, {"help", "Clubrun", "/help"}, {"help week", "", "/help week"}, {"help me", "Clubrun", "/help"},
			{"hilfe", "Clubrun", "/help"}, {"goal?", "", ""}, {"races", "race", "/races"}, {"stop", "text=/stop", "/stop"}, {"unsubscribe", "text=/stop", "/stop"},
			{"delete", "text=/delete", "/delete"}, {"schedule sun 18:00", "Every *Sunday 18:00*", "/schedule sun 18:00"}, {"zeitplan", "Sunday", "/schedule"},
			{"/week last", last, "/week last"},
		} {
			w.calm()
			if c.kept != "" {
				id := w.post()
				got := w.answer("ana@"+room, id, c.text)
				if kept := w.kept(); !strings.Contains(got, c.want) || kept != c.kept || got == "" {
					t.Errorf("answer %q is kept as %q and answered %q, want %q and %q", c.text, kept, got, c.kept, c.want)
				}
				w.calm()
			}
			got := w.mention("ana@"+room, c.text)
			if kept := w.kept(); !strings.Contains(got, c.want) || c.kept != "" && kept != c.kept {
				t.Errorf("@bot %q is kept as %q and answered %q, want %q and %q", c.text, kept, got, c.kept, c.want)
			}
			if strings.HasPrefix(c.text, "/") {
				continue
			}
			w.calm()
			if got := w.say("ana@"+room, c.text); got != "" || w.kept() != "-" {
				t.Errorf("%q to everybody is kept as %q and answered %q", c.text, w.kept(), got)
			}
		}
	})
}

// The words of people to each other: also those that they write under the
// bot's digest, or with its name in them.
var chatter = []string{
	"haha nice", "nice", "well done everybody", "see you on sunday", "next week better!", "next week", "last week was harder", "this week I am ill",
	"week was hard", "week from hell", "what a week", "semana dura", "woche war hart", "stats don't lie", "stats are wrong, I ran 12 km", "year of the dog", "month of may be",
	"sunday 18:00?", "help is on the way", "goal!!! what a goal", "goal for next week: sleep", "races are fun", "help us all", "leave it", "leave me alone", "start slow",
	"start of something", "schedule is full", "digest this!", "duel at dawn", "stop it", "stop lying", "stop, you made me laugh", "delete that photo", "join us on sunday",
	"name of the dog?", "me too", "ich auch", "moi aussi", "io pure", "week 3 of my plan", "12 km", "lol", "😂", "👏👏👏", "wow", "yes", "no", "y", "1", "123456",
	"who is ana", "ana rocks", "great job ana", "congrats!", "bravo", "super", "prima", "top", "danke für nichts, leute", "thanks ana, great run", "gracias a todos",
	"thanks to the rain", "members only", "prize goes to ben", "units?? nobody needs units", "mind your language", "quiet night",
	"metric system rules", "sports are great", "timezone chaos", "invite ben too", "week ben ana caro", "stats of wonders", "unknown", "wat een week",
}

// "In groups plain words are never a command." Also under the bot's own words
// talk is talk: nothing is said, and nothing of it is kept.
func TestTalkUnderTheDigestIsTalk(t *testing.T) {
	play(t, func(w *world) {
		w.link("ana")
		id := w.post()
		for i, text := range chatter {
			if i%5 == 0 {
				w.calm()
			}
			if got := w.answer("ana@"+room, id, text); got != "" || w.kept() != "-" {
				t.Errorf("answer %q is kept as %q and answered %q", text, w.kept(), got)
			}
		}
		for _, text := range []string{"me!", "ich!", "weiter", "hi", "ciao", "Salute!", "¡Salud!", "Gesundheit!", "nochmal!", "silence", "stil", "plan?", "goal!", "prix", "gare", "share"} {
			w.calm()
			if got := w.answer("ana@"+room, id, text); got != "" || w.kept() != "-" {
				t.Errorf("answer %q, which people say to each other, is kept as %q and answered %q", text, w.kept(), got)
			}
		}
		for i, text := range chatter {
			if i%5 == 0 {
				w.calm()
			}
			if got := w.mention("ana@"+room, text); got != "" || w.kept() != "-" {
				t.Errorf("@bot %q is kept as %q and answered %q", text, w.kept(), got)
			}
		}
	})
}

// "As a reply to the bot": what counts is that the bot wrote what is answered,
// in this group, and not what somebody says of it.
func TestNobodyClaimsThatTheBotWasAnswered(t *testing.T) {
	play(t, func(w *world) {
		w.link("ana")
		ours := w.post()
		w.say("ana", "/privacy")
		private := "SENT re:" + w.last + ":1"
		w.calm()
		for _, quoted := range []string{"", "M1", "re:M1:1", "SENT", private, strings.ToLower(ours), ours + " "} {
			if got := w.answer("ana@"+room, quoted, "stats"); got != "" || w.kept() != "-" {
				t.Errorf("an answer to %q is kept as %q and answered %q", quoted, w.kept(), got)
			}
		}
		if got := w.answer("ana@"+room, ours, "stats"); got == "" {
			t.Error("an answer to the bot is not answered")
		}
	})
}

// What was asked in plain words is stored as a command: a restart before the
// answer changes nothing, and of the words nothing else is stored.
func TestPlainWordsSurviveARestart(t *testing.T) {
	play(t, func(w *world) {
		w.link("ana")
		id := w.post()
		w.stop()
		in := w.message("ana@"+room, "Bot, hey, last week?")
		in.Mentions = true
		w.receive(in) // no command
		in = w.message("ana@"+room, "LAST WEEK please 🙏")
		in.Quotes = id
		w.receive(in)
		if kept := w.kept(); kept != "/week last" {
			t.Errorf("kept as %q", kept)
		}
		w.start()
		if got := w.answers(); !strings.Contains(got, "Week 36") {
			t.Errorf("answered %q", got)
		}
	})
}

// "Cooldown: same command in same group 60 s -> react ⏳; 10 commands/10 min per
// person in a group -> 🤐 once", also without a slash.
func TestPlainWordsCoolDownAsCommandsDo(t *testing.T) {
	play(t, func(w *world) {
		w.link("ana")
		id := w.post()
		w.say("ana@"+room, "/week")
		if got := w.answer("ana@"+room, id, "week?"); got != "< reacts ⏳\n" {
			t.Errorf("the same again: %q", got)
		}
		time.Sleep(time.Minute)
		if got := w.mention("ana@"+room, "woche"); !strings.Contains(got, "Week 37") {
			t.Errorf("a minute later: %q", got)
		}
		var all strings.Builder
		for range 12 {
			all.WriteString(w.answer("caro@"+room, id, "schedule"))
		}
		if n := strings.Count(all.String(), "🤐"); n != 1 {
			t.Errorf("%d zippers", n)
		}
	})
}

// "thanks bot (react 🙏, no text)": in a direct message, and to the bot in a
// group, where the whole message thanks; thirty of them get one sign.
func TestThanksGetASign(t *testing.T) {
	play(t, func(w *world) {
		w.link("ana")
		id := w.post()
		for _, text := range []string{"thanks bot", "Thanks!", "danke 🙏", "Danke schön", "gracias", "muchas gracias", "obrigada!", "merci beaucoup", "grazie mille", "dankjewel", "🙏", "thank you so much"} {
			w.calm()
			want := "< reacts 🙏\n"
			if got := w.say("ana", text); strings.HasPrefix(strings.ToLower(text), "muchas") {
				continue
			} else if got != want {
				t.Errorf("%q in private: %q", text, got)
			}
			if got := w.answer("ana@"+room, id, text); got != want || w.kept() != "🙏" {
				t.Errorf("answer %q: %q, kept as %q", text, got, w.kept())
			}
			if got := w.mention("ben@"+room, text); got != "" {
				t.Errorf("the next one: %q", got)
			}
			w.calm()
			if got := w.say("ana@"+room, text); got != "" || w.kept() != "-" {
				t.Errorf("%q to everybody: %q, kept as %q", text, got, w.kept())
			}
		}
	})
}

// A group that the bot is not started in hears nothing, whoever is mentioned.
func TestPlainWordsDoNothingWhereTheBotDoesNotWork(t *testing.T) {
	play(t, func(w *world) {
		for _, text := range []string{"week", "stats", "thanks", "help"} {
			if got := w.mention("ines@Parkside RC", text); got != "" {
				t.Errorf("%q: %q", text, got)
			}
		}
	})
}

// What looks like a password is warned of, and kept in memory only, also where
// the bot is named.
func TestAPasswordBesideAMentionIsNotStored(t *testing.T) {
	play(t, func(w *world) {
		if got := w.mention("ana@"+room, "link ana@example.org hunter2!"); !strings.Contains(got, "for everyone") {
			t.Errorf("not warned: %q", got)
		}
		w.mention("ana@"+room, "week hunter2!")
		w.mention("ana@"+room, "link hunter2!")
		w.scan("mention", "hunter2", "ana@example.org")
	})
}

func fold(s string) string { return strings.ToLower(s) }
