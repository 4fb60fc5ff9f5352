package locale

import (
	"strings"
	"testing"

	"clubrun/store"
)

func TestOwnWordsStandBesideTheBuiltInOnes(t *testing.T) {
	own, err := (*Wording)(nil).With("en", map[string]string{
		"close.own": "_Ask me: /me_", "head.workouts[one]": "{n} outing", "my.cheer": "Hooray, {name}!", "prize.cake": "{name} ate {value}.", "prize.cake.title": "Cake",
	})
	if err != nil {
		t.Fatal(err)
	}
	if own, err = own.With("de", map[string]string{"close.own": "_Frag mich: /me_"}); err != nil {
		t.Fatal(err)
	}
	en, de := own.For("en", store.Kilometres), own.For("de", store.Kilometres)
	for _, c := range []struct{ got, want string }{
		{en.Say("close.own"), "_Ask me: /me_"}, {de.Say("close.own"), "_Frag mich: /me_"},
		{en.Say("head.workouts", "n", 1), "1 outing"}, {en.Say("head.workouts", "n", 2), "2 workouts"},
		{de.Say("my.cheer", "name", "Ana"), "Hooray, Ana!"}, {en.Say("prize.cake", "name", "Ana", "value", "it"), "Ana ate it."},
		{For("en", store.Kilometres).Say("close.own"), "_Your own numbers: write me /me_"},
		{(*Wording)(nil).For("fr", store.Miles).Language(), "fr"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestWrongOwnWordsAreRefused(t *testing.T) {
	for key, c := range map[string]struct{ text, want string }{
		"hl.new":             {"🌱 {nam} is new", `words of "en": hl.new: {nam} is no placeholder of it; it has {name}`},
		"close.own":          {"Hello {name}", `words of "en": close.own: {name} is no placeholder of it; it has none`},
		"no.such":            {"x", `words of "en": no.such: nothing says this`},
		"weekday.1":          {"Moonday", `words of "en": weekday.1: the calendar and the numbers stay as they are`},
		"hl.title":           {"  ", `words of "en": hl.title: a text has 1 to 600 signs`},
		"hl.every":           {strings.Repeat("x", 601), `words of "en": hl.every: a text has 1 to 600 signs`},
		"quiet.close.0":      {"a\x00b", `words of "en": quiet.close.0: the text has a control character`},
		"head.workouts[one]": {"{x} outing", `words of "en": head.workouts[one]: {x} is no placeholder of it; it has {n}`},
		"route.home":         {"{n}", `words of "en": route.home: {n} is no placeholder of it; it has none`},
	} {
		if _, err := (*Wording)(nil).With("en", map[string]string{key: c.text}); err == nil || err.Error() != c.want {
			t.Errorf("%s: %v, want %s", key, err, c.want)
		}
	}
	if _, err := (*Wording)(nil).With("xx", nil); err == nil {
		t.Error("there are words of a language that is none")
	}
}

func TestOwnWordsAreReadFromTheFlatForm(t *testing.T) {
	own, err := ParseWords("# mine\nclose.own = Ask me\\nnow\n")
	if err != nil || own["close.own"] != "Ask me\nnow" {
		t.Error(own, err)
	}
	if _, err := ParseWords("close.own Ask me"); err == nil || !strings.Contains(err.Error(), "line 1") {
		t.Error(err)
	}
}

func TestBothUnitsAreToldWithMilesInBrackets(t *testing.T) {
	both := For("en", store.Both)
	for _, c := range []struct{ got, want string }{
		{both.Distance(142400, store.Run), "142 km (88.5 mi)"}, {both.Distance(1900, store.Swim), "1,900 m (2,078 yd)"},
		{both.Climb(304.8), "305 m (1,000 ft)"}, {both.Pace(10000, 3000e9, store.Run), "5:00 /km (8:03 /mi)"},
		{both.Single().Distance(142400, store.Run), "142 km"}, {For("en", store.Miles).Single().Distance(16093.44, store.Run), "10 mi"},
		{both.Pace(0, 1, store.Run), ""},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
