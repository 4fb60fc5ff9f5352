package whatsapptest

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/rs/zerolog"
)

func TestAMovedAccountKeepsItsLIDAndFreesItsNumber(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n, err := New(Options{Seed: 1, Now: time.Now, Log: zerolog.Nop()})
		if err != nil {
			t.Fatal(err)
		}
		defer n.Close()
		ana, ben := n.AddAccount("351910000001", "Ana"), n.AddAccount("351910000002", "Ben")
		lid := ana.LID()
		if err := ana.Move("351910000002"); err == nil {
			t.Error("moved to Ben's number")
		}
		if err := ana.Move("351910000003"); err != nil || ana.LID() != lid || ana.PN().User != "351910000003" {
			t.Errorf("moved: %v, %s %s", err, ana.LID(), ana.PN())
		}
		if a, known := n.Account("351910000003"); !known || a != ana {
			t.Error("not found by the new number")
		}
		nia := n.AddAccount("351910000001", "Nia")
		if nia == ana || nia.LID() == lid || nia.LID() == ben.LID() || nia.PN().User != "351910000001" {
			t.Errorf("who has the number now: %s %s", nia.LID(), nia.PN())
		}
	})
}
