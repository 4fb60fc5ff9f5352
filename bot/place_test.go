package bot

import (
	"testing"
	"time"
)

func TestEveryPlaceHasAClock(t *testing.T) {
	if len(places()) < 1000 {
		t.Fatalf("%d places", len(places()))
	}
	for place, zone := range places() {
		if _, err := time.LoadLocation(zone); err != nil {
			t.Errorf("%s: %v", place, err)
		}
	}
}

func TestPlacesAreKnownByTheNamesThatPeopleUse(t *testing.T) {
	for typed, want := range map[string]string{
		"Europe/Berlin": "Europe/Berlin", "europe/berlin": "Europe/Berlin", "Berlin": "Europe/Berlin", "Berlim": "Europe/Berlin", "München": "Europe/Berlin",
		"Lissabon": "Europe/Lisbon", "Lisbonne": "Europe/Lisbon", "Wien": "Europe/Vienna", "Genève": "Europe/Zurich", "Mailand": "Europe/Rome", "Londra": "Europe/London",
		"in Den Haag": "Europe/Amsterdam", "São Paulo": "America/Sao_Paulo", "sao_paulo": "America/Sao_Paulo", "New York": "America/New_York", "à Paris": "Europe/Paris",
		"Ciudad de México": "America/Mexico_City", "Buenos Aires": "America/Argentina/Buenos_Aires", "Tóquio": "Asia/Tokyo", "UTC": "UTC", "Nairobi": "Africa/Nairobi",
		"Port-au-Prince": "America/Port-au-Prince", "port au prince": "America/Port-au-Prince",
		"Atlantis": "", "": "", "+2": "", "GMT+2": "",
	} {
		var words []string
		if typed != "" {
			words = NewBook().Parse("/timezone " + typed).Args
		}
		if name, _, ok := zoneOf(words); name != want || ok != (want != "") {
			t.Errorf("%q is %q, want %q", typed, name, want)
		}
	}
}

func TestLanguagesAreKnownByAllTheirNames(t *testing.T) {
	for lang, names := range map[string][]string{
		"de": {"de", "de-AT", "Deutsch", "German", "alemán", "alemão", "allemand", "tedesco", "Duits"},
		"en": {"en", "en_GB", "English", "Englisch", "inglés", "inglês", "anglais", "inglese", "Engels"},
		"es": {"es", "Español", "Spanisch", "spanish", "espanhol", "espagnol", "spagnolo", "Spaans"},
		"fr": {"fr", "Français", "Französisch", "french", "francés", "francês", "francese", "Frans"},
		"it": {"it", "Italiano", "Italienisch", "italian", "italien", "Italiaans"},
		"nl": {"nl", "Nederlands", "Niederländisch", "dutch", "neerlandés", "holandês", "néerlandais", "olandese"},
		"pt": {"pt", "pt-BR", "Português", "Portugiesisch", "portuguese", "portugués", "portugais", "portoghese", "Portugees"},
		"":   {"klingon", "d", "deutschland über", "x-y"},
	} {
		for _, name := range names {
			if got, _ := languageOf(fold(name)); got != lang {
				t.Errorf("%s is %q, want %q", name, got, lang)
			}
		}
	}
}

func TestHoursAreReadAsPeopleTypeThem(t *testing.T) {
	for typed, want := range map[string]string{
		"21-07": "21:00 07:00", "21 - 7": "21:00 07:00", "21:30–6:45": "21:30 06:45", "9 pm to 7 am": "21:00 07:00", "von 22 uhr bis 7 uhr": "22:00 07:00",
		"22h-7h30": "22:00 07:30", "das 22h às 7h": "22:00 07:00", "2200 0600": "22:00 06:00", "de 21h à 7h": "21:00 07:00", "noon-14": "12:00 14:00",
		"dalle 22 alle 7": "22:00 07:00", "van 22 tot 7 uur": "22:00 07:00",
		"21": "", "21-25": "", "7-7": "", "tonight": "", "1 2 3": "",
	} {
		got := ""
		if q, ok := quietOf(NewBook().Parse("/quiet " + typed).Args); ok {
			got = minutes(q.From) + " " + minutes(q.To)
		}
		if got != want {
			t.Errorf("%q reads as %q, want %q", typed, got, want)
		}
	}
}
