package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/store"
)

// onWednesday is 9 September 2026.
func onWednesday(lang string) locale.Calendar {
	return locale.Calendar{Lang: lang, Today: store.Date(2026, 9, 9), First: time.Monday}
}

func sane(e entry) bool { return plausible((*digest.Rules)(nil), e) }

// told writes an entry: sport, metres, time, day, clock.
func told(e entry) string {
	text := fmt.Sprintf("%s %.0f %s", e.sport, e.metres, e.time)
	if e.climb > 0 {
		text += fmt.Sprintf(" up%.0f", e.climb)
	}
	text += " " + e.day.String()[5:]
	if e.clock >= 0 {
		text += fmt.Sprintf(" %02d:%02d", int(e.clock.Hours()), int(e.clock.Minutes())%60)
	}
	return text
}

func TestEntriesAsPeopleTypeThem(t *testing.T) {
	for _, c := range []struct{ lang, typed, want string }{
		{"en", "+5k run 28min yesterday", "run 5000 28m0s 09-08"},
		{"en", "+45min yoga", "yoga 0 45m0s 09-09"},
		{"en", "+1h20 ride 32 km monday", "ride 32000 1h20m0s 09-07"},
		{"en", "+run 5k 28:15", "run 5000 28m15s 09-09"},
		{"en", "+3 km swim 1:05:00", "swim 3000 1h5m0s 09-09"},
		{"en", "+ 10 km run 52:30", "run 10000 52m30s 09-09"},
		{"en", "+5k run 28min at 7:30", "run 5000 28m0s 09-09 07:30"},
		{"en", "+run 28min 5k yesterday 7:30", "run 5000 28m0s 09-08 07:30"},
		{"en", "+ran 3 miles in 27 minutes this morning", "run 4828 27m0s 09-09"},
		{"en", "+swim 1500m 35min", "swim 1500 35m0s 09-09"},
		{"en", "+swim 2000 yards 40min tue", "swim 1829 40m0s 09-08"},
		{"en", "+ride 60km 2h 30 last friday", "ride 60000 2h30m0s 09-04"},
		{"en", "+gym 1h", "strength 0 1h0m0s 09-09"},
		{"en", "+an hour of yoga last night", "yoga 0 1h0m0s 09-08"},
		{"en", "+half an hour run", "run 0 30m0s 09-09"},
		{"en", "+half marathon 1:52:10 sunday", "run 21098 1h52m10s 09-06"},
		{"en", "+21.097 km run 1:52:10", "run 21097 1h52m10s 09-09"},
		{"en", "+walk 90m 2 days ago", "walk 0 1h30m0s 09-07"},
		{"en", "+hike 12 km 3:30 sat", "hike 12000 3h30m0s 09-05"},
		{"en", "+10k run 55min 120m climb", "run 10000 55m0s up120 09-09"},
		{"en", "+ride 32km 1:20", "ride 32000 1h20m0s 09-09"},
		{"en", "+Run 5K, 28 min, 5:36/km, with Ben", "run 5000 28m0s 09-09"},
		{"en", "+5k run 28min 6pm", "run 5000 28m0s 09-09 18:00"},
		{"en", "+e-bike 20 km 50 min 3 sep", "ebike 20000 50m0s 09-03"},
		{"en", "＋5k RUN 28MIN", "run 5000 28m0s 09-09"},
		{"en", "+🏃 5k 28min", "run 5000 28m0s 09-09"},
		{"en", "+tennis 1.5 h", "team 0 1h30m0s 09-09"},
		{"en", "+treadmill 30 minutes 5 km day before yesterday", "run 5000 30m0s 09-07"},
		{"de", "+10km lauf 55min gestern 7:30", "run 10000 55m0s 09-08 07:30"},
		{"de", "+45 Minuten Yoga", "yoga 0 45m0s 09-09"},
		{"de", "+Rad 32,5 km 1h20 am Montag", "ride 32500 1h20m0s 09-07"},
		{"de", "+gelaufen 5 km in 28 min heute Morgen", "run 5000 28m0s 09-09"},
		{"de", "+Schwimmen 1.500 m 35 min vorgestern", "swim 1500 35m0s 09-07"},
		{"de", "+Wanderung 12 km 3 Std 30 vor 3 Tagen", "hike 12000 3h30m0s 09-06"},
		{"de", "+Krafttraining eine Stunde um 18 Uhr", "strength 0 1h0m0s 09-09 18:00"},
		{"de", "+Lauf 8 km 45:10 So", "run 8000 45m10s 09-06"},
		{"de", "+halbe Stunde Radfahren gestern Abend", "ride 0 30m0s 09-08"},
		{"de", "+Halbmarathon 1:58:00 am 6.9.", "run 21098 1h58m0s 09-06"},
		{"es", "+5 km correr 28 min ayer", "run 5000 28m0s 09-08"},
		{"es", "+carrera 10 km 55:00 el lunes a las 7:30", "run 10000 55m0s 09-07 07:30"},
		{"es", "+bici 40 km 1 hora 30 minutos", "ride 40000 1h30m0s 09-09"},
		{"es", "+natación 1500 m 35 min hace 2 días", "swim 1500 35m0s 09-07"},
		{"es", "+yoga una hora esta mañana", "yoga 0 1h0m0s 09-09"},
		{"es", "+caminata 6 km 1h15 anteayer", "walk 6000 1h15m0s 09-07"},
		{"es", "+corrí 5,2 km 28'30\" ayer por la mañana", "run 5200 28m30s 09-08"},
		{"pt", "+5 km corrida 28 min ontem", "run 5000 28m0s 09-08"},
		{"pt", "+bicicleta 32 km 1h20 segunda", "ride 32000 1h20m0s 09-07"},
		{"pt", "+natação 1.500 m 35 min", "swim 1500 35m0s 09-09"},
		{"pt", "+caminhada de meia hora hoje de manhã", "walk 0 30m0s 09-09"},
		{"pt", "+corri 10km em 55:20 às 7h30", "run 10000 55m20s 09-09 07:30"},
		{"pt", "+ioga 45min anteontem", "yoga 0 45m0s 09-07"},
		{"fr", "+5,2 km courir 28'30\"", "run 5200 28m30s 09-09"},
		{"fr", "+course 10 km 55 min hier", "run 10000 55m0s 09-08"},
		{"fr", "+vélo 30 km 1h30 hier à 18h", "ride 30000 1h30m0s 09-08 18:00"},
		{"fr", "+natation 1500 m 35 min il y a 3 jours", "swim 1500 35m0s 09-06"},
		{"fr", "+une heure de yoga ce matin", "yoga 0 1h0m0s 09-09"},
		{"fr", "+rando 12 km 3h30 avant-hier", "hike 12000 3h30m0s 09-07"},
		{"fr", "+muscu 45’ lundi", "strength 0 45m0s 09-07"},
		{"fr", "+semi-marathon 1:52:10 dimanche", "run 21098 1h52m10s 09-06"},
		{"it", "+5 km corsa 28 min ieri", "run 5000 28m0s 09-08"},
		{"it", "+bici 32 km 1 ora e 20 lunedì", "ride 32000 1h20m0s 09-07"},
		{"it", "+nuoto 1500 m 35 minuti stamattina", "swim 1500 35m0s 09-09"},
		{"it", "+camminata 1 h l'altro ieri", "walk 0 1h0m0s 09-07"},
		{"it", "+corsa 10 km 55:20 alle 7:30", "run 10000 55m20s 09-09 07:30"},
		{"it", "+palestra mezz'ora 2 giorni fa", "strength 0 30m0s 09-07"},
		{"nl", "+5 km hardlopen 28 min gisteren", "run 5000 28m0s 09-08"},
		{"nl", "+fietsen 32 km 1 uur 20 maandag", "ride 32000 1h20m0s 09-07"},
		{"nl", "+zwemmen 1500 m 35 min eergisteren", "swim 1500 35m0s 09-07"},
		{"nl", "+yoga 45 minuten vanmorgen", "yoga 0 45m0s 09-09"},
		{"nl", "+wandeling een half uur om 7 uur", "walk 0 30m0s 09-09 07:00"},
		{"nl", "+gelopen 10 km 55:10 3 dagen geleden", "run 10000 55m10s 09-06"},
		{"en", "+run tomorrow 5k 28min", "run 5000 28m0s 09-10"},
		{"de", "+morgen lauf 5k 28min", "run 5000 28m0s 09-10"},
		{"en", "+5k run", "run 5000 0s 09-09"},
		{"en", "+45min", " 0 45m0s 09-09"},
	} {
		e, any := readEntry(onWednesday(c.lang), c.typed, sane)
		if got := told(e); got != c.want || !any {
			t.Errorf("%s %q: %q instead of %q", c.lang, c.typed, got, c.want)
		}
	}
}

func TestWhatIsNoEntry(t *testing.T) {
	for _, text := range []string{"+1", "+351 912 345 678", "+ +", "+", "+😀", "+1 from me", "+ben"} {
		if e, any := readEntry(onWednesday("en"), text, sane); any && (e.sport != "" || e.time > 0 || e.metres > 0) {
			t.Errorf("%q: %s", text, told(e))
		}
	}
	for _, text := range []string{"5k run 28min", "-5k run", "/+5k", "+" + strings.Repeat("5k run ", 100)} {
		if isEntry(text) {
			t.Errorf("%q is an entry", text)
		}
	}
}

// TestEntriesAreReadInLinearTime: the longest text that is read is short, and
// no sequence of its words makes the reader go back.
func TestEntriesAreReadInLinearTime(t *testing.T) {
	for _, word := range []string{"1 ", "1h", "1:1 ", "a ", "half ", "5. ", "last ", "1' ", "il y a "} {
		text := "+" + strings.Repeat(word, mostEntry/len(word)-1)
		if _, any := readEntry(onWednesday("en"), text, sane); any && len(text) > mostEntry {
			t.Error(word)
		}
	}
}
