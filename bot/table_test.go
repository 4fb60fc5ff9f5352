package bot_test

import (
	"strings"
	"testing"
)

// What people really type, and what the answer holds in a direct message and
// in a group; "-" is silence. Ana is linked and an admin; no code is awaited.
func TestTheTableOfWhatPeopleType(t *testing.T) {
	const week, last, every, hint = "Week 37 so far", "Week 36", "Every *Sunday 18:00*", "/help"
	play(t, func(w *world) {
		w.link("ana")
		for _, c := range []struct{ text, direct, room string }{
			{"/Week", week, week}, {"/WEEK", week, week}, {"/ week", week, week}, {"／week", week, week}, {"!week", week, week}, {"week?", week, "-"},
			{"/week last", last, last}, {"/last week", last, last}, {"/week letzte", last, last}, {"/semana passada", last, last},
			{"/week 37", week, week}, {"/kw37", week, week}, {"/week @ana", "*Ana*", "*Ana*"}, {"/week ana", "*Ana*", "*Ana*"},
			{"/week run", "Run only", "Run only"}, {"/week läufe", "Run only", "Run only"}, {"/weeks", "/week", "-"}, {"/weel", "/week", "-"},
			{"/week please 🙏", week, week}, {"/stats me", "your numbers", "wa.me/"}, {"/stats @me", "your numbers", "wa.me/"},
			{"/stats all", "September 2026", "September 2026"}, {"/stats 2025", "2025", "2025"},
			{"/schedule Sunday 6pm", every, every}, {"/schedule so 18 uhr", every, every}, {"/schedule domingo às 18h", every, every},
			{"/schedule dimanche 18h", every, every}, {"/schedule zo 18.00", every, every}, {"/schedule 18:00 sun", every, every},
			{"/schedule sun", "*Sunday* at what time?", "*Sunday* at what time?"}, {"/schedule 25:00", "did not get the time", "did not get the time"},
			{"/link", "linked", "wa.me/"}, {"Link", "linked", "-"}, {"link me", "linked", "-"},
			{"123456", "-", "-"}, {"123 456", "-", "-"}, {"Code: 123456", "-", "-"}, {"the code is 123456", "-", "-"}, {"G-123456", "-", "-"},
			{"123456", "-", "-"}, {"12345", hint, "-"}, {"🎤", "only read", "-"}, {"📷", "only read", "-"},
			{"thanks bot", "reacts 🙏", "-"}, {"stop", "/pause", "-"}, {"unsubscribe", "/delete", "-"},
			{"who are you", "/week", "-"}, {"is this a scam?", "Garmin", "-"},
		} {
			for who, want := range map[string]string{"ana": c.direct, "ana@Tuesday Runners": c.room} {
				w.calm()
				got := w.say(who, c.text)
				if want == "-" && got != "" || want != "-" && !strings.Contains(got, want) {
					t.Errorf("%s: %q is answered %q, want %q", who, c.text, got, want)
				}
			}
		}
	})
}
