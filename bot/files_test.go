package bot_test

import (
	"strings"
	"testing"

	"clubrun/store/storetest"
)

// agreed returns whether files are kept of somebody, and the text that each of
// their consents was to.
func (w *world) agreed(name string) (files bool, texts []string) {
	w.t.Helper()
	a, err := w.db.AthleteByUser(w.t.Context(), storetest.User(name))
	if err != nil {
		w.t.Fatal(err)
	}
	ms, err := w.db.MembershipsOf(w.t.Context(), a.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, m := range ms {
		texts = append(texts, m.Consent.Text)
	}
	return a.Prefs.Files, texts
}

func TestAYesIsToTheTermsAboutFilesThatWereTold(t *testing.T) {
	for set, want := range map[string]bool{"asked": false, "none": false, "all": true} {
		play(t, func(w *world) {
			w.set.Files = set
			w.calm()
			w.link("caro")
			files, texts := w.agreed("caro")
			if files != want || len(texts) != 1 || texts[0] != "1-"+set {
				t.Errorf("%s: files %t, consents %v", set, files, texts)
			}
		})
	}
}

// TestANewChoiceOfTheOperatorBindsNobodyByItself: who agreed to other terms
// keeps them, until they say yes to a question that tells of the new ones.
func TestANewChoiceOfTheOperatorBindsNobodyByItself(t *testing.T) {
	play(t, func(w *world) {
		w.link("ben")
		w.set.Files, w.set.AnyGroup = "all", true
		w.calm()
		if files, _ := w.agreed("ben"); files {
			t.Error("files are kept of who agreed to the opposite")
		}
		if got := w.say("ben", "/files"); !strings.Contains(got, "no activity files") {
			t.Errorf("/files: %s", got)
		}
		w.say("ines@Parkside RC", "/start")
		if got := w.say("ben", "/share"); !strings.Contains(got, "also keeps your activity files") {
			t.Errorf("the question does not tell of files: %s", got)
		}
		w.say("ben", "yes")
		if files, texts := w.agreed("ben"); !files || len(texts) != 2 || texts[1] != "1-all" {
			t.Errorf("files %t, consents %v", files, texts)
		}
	})
}

// TestAYesToOldTermsIsAskedForAgain: the operator's choice changed between the
// question and the answer.
func TestAYesToOldTermsIsAskedForAgain(t *testing.T) {
	play(t, func(w *world) {
		w.link("ben")
		w.say("ben", "/leave")
		w.say("ben", "/share")
		w.set.Files = "all"
		w.calm()
		got := w.say("ben", "yes")
		if files, texts := w.agreed("ben"); files || len(texts) != 0 || !strings.Contains(got, "also keeps your activity files") {
			t.Errorf("files %t, consents %v: %s", files, texts, got)
		}
		w.say("ben", "yes")
		if files, texts := w.agreed("ben"); !files || len(texts) != 1 || texts[0] != "1-all" {
			t.Errorf("files %t, consents %v", files, texts)
		}
	})
}

// TestAYesWithoutGarminIsToTermsOfItsOwn: these tell of what is handed in, and
// nothing of an account.
func TestAYesWithoutGarminIsToTermsOfItsOwn(t *testing.T) {
	play(t, func(w *world) {
		got := w.whole("caro", "/link files")
		if !strings.Contains(got, "I keep what you send me of them") || strings.Contains(got, "Garmin activity list") {
			t.Errorf("the terms: %s", got)
		}
		w.say("caro", "yes")
		if _, texts := w.agreed("caro"); len(texts) != 1 || texts[0] != "1-asked-hand" {
			t.Errorf("consents %v", texts)
		}
	})
}
