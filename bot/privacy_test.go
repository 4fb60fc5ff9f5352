package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

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
	ownParts = "profile promises pauses dialogue duels votes cheers messages_from_you messages_to_you pictures_and_files_to_you log_of_actions limits"
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
// of a member fails here until /privacy tells of it, in all languages; and so
// does a new term of the nightly job.
func TestPrivacyTellsOfAllThatIsStored(t *testing.T) {
	en := (*locale.Wording)(nil).For("en", store.Kilometres)
	privacy := ""
	for _, key := range []string{"bot.privacy.read", "bot.privacy.health", "bot.terms.files.asked", "bot.privacy.shown", "bot.privacy.term", "bot.privacy.key", "bot.privacy.out"} {
		privacy += en.Say(key, "what", "steps, sleep", "n", 400) + "\n"
	}
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
		l := (*locale.Wording)(nil).For(lang, store.Kilometres)
		if len(read[lang]) != 10 {
			t.Errorf("%s: %d words", lang, len(read[lang]))
		}
		for i, word := range read[lang] {
			if text := l.Say("bot.privacy.read"); !strings.Contains(text, word) {
				t.Errorf("%s: %q is not in %q", lang, word, text)
			}
			if text := l.Say("bot.privacy.read.hand"); i > 0 && !strings.Contains(strings.ToLower(text), strings.ToLower(word)) {
				t.Errorf("%s: %q is not in %q", lang, word, text)
			}
		}
		for _, term := range []string{"400", "30"} { // RETENTION; what is written, and after /unlink
			if text := l.Say("bot.privacy.term", "n", 400); !strings.Contains(text, term) {
				t.Errorf("%s: %s days are not in %q", lang, term, text)
			}
		}
	}
}

// The terms in /privacy are those by which the nightly job works.
func TestPrivacyTellsTheTermsThatAreKept(t *testing.T) {
	for _, r := range sqlite.Retention() {
		if r.Table == "inbox" && r.What == "" && r.Days != 30 {
			t.Errorf("messages are kept %d days, and /privacy says 30", r.Days)
		}
		if r.Table == "raw" && r.Days != 0 {
			t.Errorf("raw records are kept %d days, and /privacy says as long as RETENTION", r.Days)
		}
	}
	found := false
	for _, table := range sqlite.Inventory() {
		found = found || table.Name == "athlete" && strings.Contains(table.Until, "/unlink and did not come back 30 days")
	}
	if !found {
		t.Error("/privacy says that all goes 30 days after /unlink, and the inventory does not")
	}
}

// In every language, whatever this server stores and however one counts,
// /privacy has eight lines that a phone shows on one screen.
func TestPrivacyHasEightLines(t *testing.T) {
	for _, lang := range locale.Languages() {
		play(t, func(w *world) {
			w.handing(&post{})
			w.link("ben")
			w.say("caro", "/link files")
			w.say("caro", "no")
			w.say("ben", "/health on")
			w.say("ben", "yes")
			for _, who := range []string{"ben", "caro"} {
				w.say(who, "/language "+lang)
			}
			for _, set := range []func(){
				func() {}, func() { w.set.Files, w.set.PublicURL, w.set.Page = "all", "https://run.example.org", "" }, func() { w.set.Files, w.set.Passwords, w.set.Operator = "none", false, "" },
			} {
				w.stop()
				set()
				w.start()
				for _, who := range []string{"ben", "caro", "ana", "ben@Tuesday Runners"} {
					text := strings.TrimSuffix(w.whole(who, "/privacy"), "\n")
					lines := strings.Split(text, "\n")
					if len(lines) != 8 || len([]rune(text)) > 1300 {
						t.Errorf("%s: %d lines, %d signs:\n%s", lang, len(lines), len([]rune(text)), text)
					}
					for _, line := range lines {
						if n := len([]rune(line)); n > 290 || n < 15 || strings.Contains(line, "bot.privacy") || strings.ContainsAny(line, "{}") {
							t.Errorf("%s: %d signs: %s", lang, n, line)
						}
					}
				}
			}
		})
	}
}

func has(words, word string) bool { return strings.Contains(" "+words+" ", " "+word+" ") }

// The text is that of this instance and of who asks.
func TestPrivacyFollowsWhatIsStoredHere(t *testing.T) {
	play(t, func(w *world) {
		w.link("ben")
		w.say("caro", "/link files")
		w.say("caro", "no")
		told := func(who string) string {
			w.stop()
			w.start()
			return w.whole(who, "/privacy")
		}
		for files, want := range map[string]string{"asked": "not kept unless you say /files on", "none": "Your tracks are not kept.", "all": "also keeps your activity files, tracks included"} {
			w.set.Files = files
			if got := told("ben"); !strings.Contains(got, want) {
				t.Errorf("where files are kept of %s: %s", files, got)
			}
		}
		const page, chat = "one-time page", "type it into this chat"
		if got := told("ben"); strings.Contains(got, page) || !strings.Contains(got, chat) || !strings.Contains(got, "400 days") {
			t.Errorf("without a page: %s", got)
		}
		w.set.PublicURL, w.set.Passwords, w.set.Retention = "https://run.example.org", false, 90*24*time.Hour
		if got := told("ben"); !strings.Contains(got, page) || strings.Contains(got, chat) || !strings.Contains(got, "90 days") {
			t.Errorf("with a page, and no passwords in the chat: %s", got)
		}
		if got := told("caro"); strings.Contains(got, "Garmin") || strings.Contains(got, page) || !strings.Contains(got, "no access to any account") || !strings.Contains(got, "what you send me") {
			t.Errorf("to who counts without Garmin: %s", got)
		}
		if got := told("ben"); !strings.Contains(got, "Never weight, sleep or messages") {
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

// What tells figures of a group in a direct chat says so in its key, by which it
// is taken back; what tells one's own, or nothing of others, does not.
func TestADirectAnswerSaysOfWhichGroupItTells(t *testing.T) {
	play(t, func(w *world) {
		w.link("ana")
		w.link("ben")
		g := w.known("Tuesday Runners")
		of := fmt.Sprintf(":g%d:", g.ID)
		for text, want := range map[string]bool{
			"/week": true, "/week ben": true, "/stats": true, "/races": true, "/members": true, "/digest preview": true,
			"/help": false, "/privacy": false, "/schedule": false, "/sync": false,
		} {
			time.Sleep(16 * time.Minute)
			w.receive(w.message("ana", text))
			tells := false
			for _, o := range w.take() {
				tells = tells || strings.Contains(o.Key, of)
			}
			if tells != want {
				t.Errorf("%s tells of the group: %t", text, tells)
			}
		}
		w.receive(w.message("ana@Tuesday Runners", "/members"))
		for _, o := range w.take() {
			if o.Kind == store.KindText && !strings.Contains(o.Key, of) {
				t.Errorf("what is told aside has the key %s", o.Key)
			}
		}
	})
}
