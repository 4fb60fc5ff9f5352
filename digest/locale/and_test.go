package locale

import (
	"testing"

	"clubrun/store"
)

func TestAndChangesWithTheSoundAfterIt(t *testing.T) {
	for _, c := range []struct{ lang, last, want string }{
		{"es", "Max", "Ana y Max"},
		{"es", "Irene", "Ana e Irene"},
		{"es", "Íñigo", "Ana e Íñigo"},
		{"es", "ines", "Ana e ines"},
		{"es", "*Ivo*", "Ana e *Ivo*"},
		{"es", "🏃 Hilario", "Ana e 🏃 Hilario"},
		{"es", "Yves", "Ana e Yves"},
		{"es", "Yolanda", "Ana y Yolanda"},
		{"es", "Hielo", "Ana y Hielo"},
		{"es", "Iago", "Ana y Iago"},
		{"es", "Hugo", "Ana y Hugo"},
		{"es", "11", "Ana y 11"},
		{"es", "", "Ana y "},
		{"it", "Elena", "Ana ed Elena"},
		{"it", "Èva", "Ana ed Èva"},
		{"it", "Anna", "Ana e Anna"},
		{"it", "Irene", "Ana e Irene"},
		{"pt", "Irene", "Ana e Irene"},
		{"en", "Irene", "Ana and Irene"},
	} {
		if got := For(c.lang, store.Kilometres).And("Ana", c.last); got != c.want {
			t.Errorf("%s: %s, want %s", c.lang, got, c.want)
		}
	}
}
