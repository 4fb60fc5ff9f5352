package whatsapp

import (
	"testing"

	"clubrun/store"
)

func TestPeopleAreWrittenToByLIDElseByNumber(t *testing.T) {
	for _, c := range []struct {
		user, phone string
		want        store.Chat
	}{
		{"123456789012345", "351910000001", "123456789012345@lid"},
		{"123456789012345", "", "123456789012345@lid"},
		{"351910000001", "351910000001", "351910000001@s.whatsapp.net"},
	} {
		if got := Direct(c.user, c.phone); got != c.want {
			t.Errorf("%s, %s is written to at %s, want %s", c.user, c.phone, got, c.want)
		}
	}
}
