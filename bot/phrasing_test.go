package bot_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"clubrun/store/storetest"
)

// phrasing is what somebody types at a moment, and what the answer must hold.
type phrasing struct{ text, want string }

// phrasings reads the list of what people type, by moment.
func phrasings(t *testing.T) (moments []string, all map[string][]phrasing) {
	t.Helper()
	file, err := os.ReadFile("testdata/phrasings/people.txt")
	if err != nil {
		t.Fatal(err)
	}
	all = map[string][]phrasing{}
	for line := range strings.Lines(string(file)) {
		part := strings.Split(strings.TrimSuffix(line, "\n"), " | ")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if len(part) != 3 {
			t.Fatalf("not a line of the list: %q", line)
		}
		if all[part[0]] == nil {
			moments = append(moments, part[0])
		}
		all[part[0]] = append(all[part[0]], phrasing{part[1], part[2]})
	}
	return moments, all
}

// New members write in half commands, in sentences, in their own languages and
// at any moment. Each of these is understood, or answered with what helps.
func TestWhatNewMembersTypeIsAnswered(t *testing.T) {
	moments, all := phrasings(t)
	for _, moment := range moments {
		t.Run(moment, func(t *testing.T) {
			t.Parallel()
			for list := all[moment]; len(list) > 0; {
				play(t, func(w *world) { list = w.answersAll(moment, list) })
			}
		})
	}
}

// answersAll checks phrasings until one of them changes too much to go on in
// this world, and returns those that are left.
func (w *world) answersAll(moment string, list []phrasing) (left []phrasing) {
	for i, p := range list {
		who, ok := w.bringTo(moment)
		if !ok {
			return list[i:]
		}
		w.receive(w.message(who, p.text))
		got := w.heard()
		if p.want == "-" && got != "" || p.want != "-" && !strings.Contains(got, p.want) {
			w.t.Errorf("%q: want %s, got: %s", p.text, p.want, got)
		}
	}
	return nil
}

// heard is all that is owed, in full.
func (w *world) heard() string {
	var all []string
	for _, o := range w.take() {
		if o.Kind == "reaction" {
			o.Text = "reacts " + o.Text
		}
		all = append(all, o.Text)
	}
	return strings.Join(all, "\n")
}

// bringTo brings a new member to a moment and returns as whom they write there.
// It is false where that takes a new world.
func (w *world) bringTo(moment string) (who string, ok bool) {
	linked := w.linkedNow("ben")
	switch moment {
	case "consent", "said no", "shown", "shown, group", "left", "deleting":
		if !linked && w.number > 0 {
			return "", false
		}
		if !linked {
			w.link("ben")
		}
	case "code":
		if w.number > 0 {
			return "", false
		}
	default:
		w.say("ben", "/delete")
		w.say("ben", "DELETE")
	}
	if time.Sleep(2 * time.Hour); moment == "password" {
		time.Sleep(7 * time.Hour) // three sign-ins a day
	}
	w.calm()
	for _, text := range map[string][]string{
		"road": {"/link"}, "email": {"/link chat"}, "password": {"/link chat", "ben@example.org"}, "ticket": {"/link garmin"},
		"consent": {"/language en", "/leave", "/join"}, "said no": {"/language en", "/leave", "/join", "no"},
		"shown": {"/language en", "/join", "yes"}, "shown, group": {"/join", "yes"}, "left": {"/language en", "/join", "yes", "/leave"},
		"deleting": {"/join", "yes", "/delete"},
	}[moment] {
		w.say("ben", text)
	}
	switch moment {
	case "group", "shown, group":
		return "ben@Tuesday Runners", true
	case "stranger":
		time.Sleep(24 * time.Hour)
		return "zoe", true
	case "code":
		w.say("ana", "/link chat")
		w.say("ana", "ana@example.org")
		w.say("ana", "ana-pass-1")
		return "ana", true
	}
	return "ben", true
}

// linkedNow says whether somebody has an account.
func (w *world) linkedNow(name string) bool {
	a, err := w.db.AthleteByUser(w.t.Context(), storetest.User(name))
	if err != nil {
		return false
	}
	_, err = w.db.Account(w.t.Context(), a.ID, "garmin")
	return err == nil
}

// What is understood by its gist is not kept for that: any other word of it
// may be a secret.
func TestASentenceThatIsOnlyGuessedAtIsNotStored(t *testing.T) {
	play(t, func(w *world) {
		for _, text := range []string{
			"is canary1 a scam?", "i forgot my password canary2", "my password is canary3", "yes canary4", "no canary5 thanks", "call me canary6", "put canary7 me on the list",
			"do i have to pay canary8", "unsubscribe me canary9", "garmin canary10",
		} {
			w.say("ben", text)
			w.say("ben@Tuesday Runners", text)
		}
		w.scan("gist", "canary")
	})
}

// A sentence is a question where a password is awaited only when it is plainly
// one.
func TestAPasswordMayHaveWordsInIt(t *testing.T) {
	play(t, func(w *world) {
		for i, password := range []string{"safe2pay!", "Scam Virus", "secure", "stop me 4 free", "password1 is"} {
			name := people[i%3].name
			w.say(name, "/link chat")
			w.say(name, name+"@example.org")
			if got := w.say(name, password); !strings.Contains(got, "wrong") {
				t.Errorf("%q is no password here: %s", password, got)
			}
		}
	})
}
