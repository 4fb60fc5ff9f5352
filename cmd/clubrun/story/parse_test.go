package story

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestEveryFormOfLineIsRead(t *testing.T) {
	for text, want := range map[string]Action{
		"ana: /link chat":                       {Verb: Says, Who: "ana", Text: "/link chat"},
		"Ana@Tuesday Runners: /week":            {Verb: Says, Who: "ana", Group: "Tuesday Runners", Text: "/week"},
		"ana: he sends: a lot":                  {Verb: Says, Who: "ana", Text: "he sends: a lot"},
		"ana sends run.fit":                     {Verb: Sends, Who: "ana", Text: "run.fit"},
		"ana@Tuesday Runners sends my run.fit":  {Verb: Sends, Who: "ana", Group: "Tuesday Runners", Text: "my run.fit"},
		"ana edits: /week last":                 {Verb: Edits, Who: "ana", Text: "/week last"},
		"ana moves to +351 910 000 700":         {Verb: Moves, Who: "ana", Text: "+351 910 000 700"},
		"ana starts anew as 351910000701":       {Verb: Anew, Who: "ana", Text: "351910000701"},
		"ana@Tuesday Runners answers: stats?":   {Verb: Answers, Who: "ana", Group: "Tuesday Runners", Text: "stats?"},
		"ana@Tuesday Runners reacts 👏":          {Verb: Reacts, Who: "ana", Group: "Tuesday Runners", Text: "👏"},
		"linked: ana, ben@Tuesday Runners":      {Verb: Linked, People: []Guest{{"ana", "Tuesday Runners"}, {"ben", "Tuesday Runners"}}},
		"linked: all@Tuesday Runners":           {Verb: Linked, People: []Guest{{"all", "Tuesday Runners"}}},
		"add zoe@Tuesday Runners":               {Verb: Add, Who: "zoe", Group: "Tuesday Runners"},
		"add bot@Night Owls by zoe":             {Verb: Add, Who: "bot", Group: "Night Owls", By: "zoe"},
		"demote ana@Tuesday Runners":            {Verb: Demote, Who: "ana", Group: "Tuesday Runners"},
		"operator: groups allow Parkside RC":    {Verb: Operator, Text: "groups allow Parkside RC"},
		"phone: /logs 5":                        {Verb: Phone, Text: "/logs 5"},
		"until sun 18:00":                       {Verb: Until, Weekday: time.Sunday, Hour: 18},
		"wait 2h":                               {Verb: Wait, For: 2 * time.Hour},
		"wait 7d":                               {Verb: Wait, For: 7 * 24 * time.Hour},
		"garmin ben: 429":                       {Verb: Garmin, Who: "ben", Text: "429"},
		"garmin all: rename last Easy: no rush": {Verb: Garmin, Who: "all", Text: "rename", Rest: "last Easy: no rush"},
		"whatsapp: ban 1h":                      {Verb: WhatsApp, Text: "ban", Rest: "1h"},
		"restart":                               {Verb: Restart},
		"kill":                                  {Verb: Kill},
		"kill at digest.saved":                  {Verb: Kill, Text: "digest.saved"},
		"expect: 8 of 8":                        {Verb: Expect, Text: "8 of 8"},
		"expect not: Ben":                       {Verb: ExpectNot, Text: "Ben"},
		"expect none":                           {Verb: ExpectNone},
		"expect image":                          {Verb: ExpectPic},
		"expect reaction ✅":                     {Verb: ExpectMark, Text: "✅"},
	} {
		got, ok, err := ParseLine("  " + text + " ")
		if err != nil || !ok {
			t.Errorf("%s: ok %v, %v", text, ok, err)
			continue
		}
		if diff := cmp.Diff(want, got.Action); diff != "" {
			t.Errorf("%s: -want +got\n%s", text, diff)
		}
	}
}

func TestALineIsReadHoweverItIsSpacedAndCommented(t *testing.T) {
	for text, plain := range map[string]string{
		"\ufeffwait\t2h":                           "wait 2h",
		"until  Sunday 18:00   # the digest":       "until sun 18:00",
		"until thurs 9:05":                         "until thu 9:05",
		"restart # cleanly":                        "restart",
		"kill at  digest.saved # on Sunday":        "kill at digest.saved",
		"add bot@Night Owls by zoe # a stranger":   "add bot@Night Owls by zoe",
		"linked: ana , ben@Tuesday Runners # both": "linked: ana, ben@Tuesday Runners",
		"garmin ben:429 # too many":                "garmin ben: 429",
		"whatsapp:  ban   1h #":                    "whatsapp: ban 1h",
		"expect none # yet":                        "expect none",
		"expect reaction ✅ # done":                 "expect reaction ✅",
		"ana  sends  run.fit":                      "ana sends run.fit",
		"ana  edits:  /week last":                  "ana edits: /week last",
		"ana:/week":                                "ana: /week",
	} {
		got, _, err := ParseLine(text)
		want, _, fault := ParseLine(plain)
		if diff := cmp.Diff(want.Action, got.Action); diff != "" || err != nil || fault != nil {
			t.Errorf("%q: %v %v -want +got\n%s", text, err, fault, diff)
		}
	}
	for _, text := range []string{"ana: run # 7", "expect: run # 7", "operator: list # 7", "garmin ana: rename last run # 7"} {
		got, _, err := ParseLine(text)
		if err != nil || !strings.HasSuffix(got.Action.Text+got.Action.Rest, "# 7") {
			t.Errorf("%q lost words: %+v, %v", text, got.Action, err)
		}
	}
}

func TestAnUnreadableLineIsNamed(t *testing.T) {
	for _, text := range []string{
		"ana", "ana:", "expect", "expect nothing", "until 18:00", "until foo 18:00", "wait", "wait -2h", "kill it",
		"add zoe", "garmin ben", "garmin: 429", "linked:", "restart now", "two words: hello", "operator:", "phone:",
		"ana@: hello", "@Tuesday Runners: hello", "wait # long", "until s 18:00",
	} {
		_, err := Read("s.txt", strings.NewReader("# first\n\n"+text+"\n"))
		var bad *Error
		if !errors.As(err, &bad) || bad.File != "s.txt" || bad.Number != 3 {
			t.Errorf("%q: got %v, want an error at s.txt:3", text, err)
		}
	}
}

func FuzzParseLine(f *testing.F) {
	for _, s := range []string{"ana: /week", "linked: a, b@c", "garmin ben: x", "kill at x", "expect not: x", "until sun 18:00", "phone: /status"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		line, ok, err := ParseLine(s)
		if ok && (err != nil || line.Action.Verb == "") {
			t.Errorf("%q: read as %+v with %v", s, line, err)
		}
	})
}
