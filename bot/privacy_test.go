package bot_test

import (
	"strings"
	"testing"

	"clubrun/digest/locale"
	"clubrun/store"
	"clubrun/store/sqlite"
)

// What of /privacy tells of a column of a workout, by
// the place in the lists below, and of a part of what is kept; what is about the
// bot's own work, or is the member's own doing, needs none.
var (
	toldColumns = map[string]int{
		"name": 1, "sport": 2, "type": 2, "start": 3, "utc_offset": 3, "local": 3, "day": 3, "elapsed": 3, "timer": 3, "moving": 3, "distance": 4, "climb": 5, "calories": 6,
		"avg_hr": 7, "max_hr": 7, "moderate": 7, "vigorous": 7, "metrics": 8, // and 9
	}
	ownColumns = "id athlete source external parent private manual race record synced known hidden vouched checksum"
	toldParts  = map[string]string{
		"accounts": "your name", "activities": "workout", "raw_records": "workout", "records_of_one_activity": "workout", "records_kept_apart": "workout", "together": "workout",
		"files": "/files on", "health": "sleep", "health_questions": "sleep", "memberships": "said yes", "digests_made_with_you": "Groups see", "digests_that_named_you": "Groups see",
	}
	// What somebody says or does here themselves, in front of the bot.
	ownParts = "profile pauses dialogue duels votes cheers messages_from_you messages_to_you pictures_and_files_to_you log_of_actions limits"
	// The account's name, title, sport, time, distance, climb, calories, heart,
	// power, device.
	read = map[string][]string{
		"en": {"name", "title", "sport", "time", "distance", "climb", "calories", "heart rate", "power", "device"},
		"de": {"Namen", "Titel", "Sportart", "Zeit", "Strecke", "Höhenmeter", "Kalorien", "Puls", "Leistung", "Gerät"},
		"es": {"nombre", "título", "deporte", "tiempo", "distancia", "desnivel", "calorías", "pulso", "potencia", "dispositivo"},
		"pt": {"nome", "título", "modalidade", "tempo", "distância", "desnível", "calorias", "frequência cardíaca", "potência", "dispositivo"},
		"fr": {"nom", "titre", "sport", "temps", "distance", "dénivelé", "calories", "cardio", "puissance", "appareil"},
		"it": {"nome", "titolo", "sport", "tempo", "distanza", "dislivello", "calorie", "battito", "potenza", "dispositivo"},
		"nl": {"naam", "titel", "sport", "tijd", "afstand", "hoogtemeters", "calorieën", "hartslag", "vermogen", "apparaat"},
	}
)

// What is stored and what people are told may not part: a new table or column
// of a member fails here until /privacy tells of it, in all languages.
func TestPrivacyTellsOfAllThatIsStored(t *testing.T) {
	privacy := (*locale.Wording)(nil).For("en", store.Kilometres).Say("bot.privacy", "health", "steps, sleep", "files", "/files on", "operator", "Olga")
	for _, table := range sqlite.Inventory() {
		if table.Name == "activity" {
			for _, c := range table.Columns {
				if _, told := toldColumns[c.Name]; !told && !has(ownColumns, c.Name) {
					t.Errorf("activity.%s (%s) is stored, and /privacy does not tell of it", c.Name, c.Holds)
				}
			}
		}
		if table.Whose != sqlite.OfMember || has(ownParts, table.Part) {
			continue
		}
		if words := toldParts[table.Part]; words == "" || !strings.Contains(privacy, words) {
			t.Errorf("%s (%s) is stored, and /privacy does not tell of it", table.Part, table.Holds)
		}
	}
	for _, lang := range locale.Languages() {
		text := (*locale.Wording)(nil).For(lang, store.Kilometres).Say("bot.privacy", "health", "", "files", "", "operator", "Olga")
		text, _, _ = strings.Cut(text, ". ")
		if len(read[lang]) != 10 {
			t.Errorf("%s: %d words", lang, len(read[lang]))
		}
		for _, word := range read[lang] {
			if !strings.Contains(text, word) {
				t.Errorf("%s: %q is not in %q", lang, word, text)
			}
		}
	}
}

func has(words, word string) bool { return strings.Contains(" "+words+" ", " "+word+" ") }

// The text is that of this instance and of who asks.
func TestPrivacyFollowsWhatIsStoredHere(t *testing.T) {
	play(t, func(w *world) {
		w.link("ben")
		for files, want := range map[string]string{"asked": "not kept unless you say /files on", "none": "Your tracks are not kept.", "all": "also keeps your activity files, tracks included"} {
			w.stop()
			w.set.Files = files
			w.start()
			if got := w.whole("ben", "/privacy"); !strings.Contains(got, want) {
				t.Errorf("where files are kept of %s: %s", files, got)
			}
		}
		if got := w.whole("ben", "/privacy"); !strings.Contains(got, "Never weight, sleep or messages") {
			t.Errorf("without a yes to health: %s", got)
		}
		w.say("ben", "/health on")
		w.say("ben", "yes")
		got := w.whole("ben", "/privacy")
		for _, m := range store.HealthMetrics() {
			if what := (*locale.Wording)(nil).For("en", store.Kilometres).Say("bot.health.what." + string(m)); !strings.Contains(got, what) {
				t.Errorf("with a yes to health %s is not told of: %s", what, got)
			}
		}
	})
}
