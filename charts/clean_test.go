package charts

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestNamesBecomeDrawable(t *testing.T) {
	ts, err := newTypesetter()
	if err != nil {
		t.Fatal(err)
	}
	for in, want := range map[string]string{
		"Maria José":            "Maria José",
		"Jose\u0301":            "José",
		"Nguyễn Minh Anh":       "Nguyễn Minh Anh",
		"𝓕𝓪𝓷𝓬𝔂":                 "Fancy",
		"ᴮᴵᴳ Ｎａｍｅ":              "BIG Name",
		"Tom 🏃‍♂️🔥":             "Tom 🏃‍♂️🔥",
		"Anna ❤️ ☀️":            "Anna ❤️ ☀️",
		"Team 1️⃣":              "Team 1️⃣",
		"🇪🇸 Ana":                "🇪🇸 Ana",
		"王小明":                   "王小明",
		"李娜 Li Na":              "李娜 Li Na",
		"김민준":                   "김민준",
		"😀😀":                    "😀😀",
		"…!?":                   "Member 7",
		"":                      "Member 7",
		"\u202eevil\u202d":      "evil",
		"a\u200bb\ufeffc\u0007": "abc",
		" two\t\n spaces ":      "two spaces",
		"Z̴̢̛̗a̷̧̛̙l̶̡̺̓g̸̛͓̈o̵̧͛":   "Zalgo",
		"a\u0300\u0301\u0302\u0303b": "àb",
		"أحمد السيد":                 "أحمد السيد",
		"דוד כהן":                    "דוד כהן",
		"प्रिया शर्मा":               "प्रिया शर्मा",
		"สมชาย ใจดี":                 "สมชาย ใจดี",
		"Иван Ёлкин":                 "Иван Ёлкин",
		"\xff\xfeBob":                "Bob",
		"\ue000\U000f0000x":          "x",
		"e\ufe0f\u20e3 e\ufe0f":      "e e",
		"\u20e3\ufe0f\u200d":         "Member 7",
		"a\U000e0067b":               "ab",
		"👨‍👩‍👧‍👦 Bos":                "👨‍👩‍👧‍👦 Bos",
		"🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f": "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
		"👩🏽‍🚀 👍🏿":      "👩🏽‍🚀 👍🏿",
		"🐕\u200d🚲 Rex": "🐕 Rex", // no such emoji: its first part
		"🇪 E":          "🇪 E",
		"ᄀ":            "Member 7",
		"ㅤ":            "Member 7", // a filler that looks like nothing
		"อ้อม ៚ ᏣᎳᎩ":   "อ้อม ៚",
	} {
		if got := ts.name(in, "Member 7"); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func TestFormattedTextKeepsItsHardSpaces(t *testing.T) {
	ts, err := newTypesetter()
	if err != nil {
		t.Fatal(err)
	}
	for in, want := range map[string]string{
		"7\u00a0h\u00a008":      "7\u00a0h\u00a008",
		"1\u202f234,5\u00a0km":  "1\u00a0234,5\u00a0km",
		"9–15 Nov · “so” — 4′…": "9–15 Nov · “so” — 4′…",
		"+50 more 🎉":            "+50 more 🎉",
		"½ ² €":                 "½ ² €",
	} {
		if got := ts.text(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func TestTextIsCutBetweenSigns(t *testing.T) {
	ts, err := newTypesetter()
	if err != nil {
		t.Fatal(err)
	}
	st := style{size: 38, weight: semibold}
	for _, s := range []string{"Bartholomew Featherstonehaugh", "प्रिया शर्मा क्षत्रिय", "สมชายใจดีกำลังกายก็", "أحمد السيد محمد"} {
		for room := 40.0; room < 400; room += 7 {
			got, cut := ts.fit(s, st, room)
			if !cut {
				continue
			}
			if ts.measure(got, st) > room {
				t.Errorf("%q is wider than %v", got, room)
			}
			stem := strings.TrimSuffix(got, "…")
			n := 0
			for _, cl := range clusters(s) {
				if n >= len(stem) {
					break
				}
				n += len(cl)
			}
			if !strings.HasPrefix(s, stem) || !utf8.ValidString(got) || n != len(stem) {
				t.Errorf("%q is cut inside a sign: %q", s, got)
			}
		}
	}
}

func TestInitials(t *testing.T) {
	for in, want := range map[string]string{
		"Maria José Fernández": "MF", "Łukasz Żółkiewski": "ŁŻ", "tom": "T", "Dr. Hannah O’Sullivan": "DO",
		"أحمد السيد": "أ", "प्रिया शर्मा": "प्रि", "42": "4", "4ever Young": "Y", "(Bob)": "B", "--": "",
		"Bartholomew Featherstonehaugh-Smythe": "BF",
	} {
		if got := initials(in); got != want {
			t.Errorf("%q has initials %q, want %q", in, got, want)
		}
	}
}
