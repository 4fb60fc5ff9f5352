package garmintest_test

import (
	"slices"
	"testing"

	"clubrun/garmin/garmintest"
)

func TestEverySecretThatIsGivenOutIsListed(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tokens := w.signIn(t, "ana")
		if _, err := w.client.SignIn(t.Context(), "ben@example.org", "ben-pass-1"); err != nil {
			t.Fatal(err)
		}
		sent, _ := w.Code("ben@example.org")
		read, _ := w.Code("caro@example.org")
		_, _ = w.Code("caro@example.org")
		issued := w.Issued()
		for _, want := range []garmintest.Issued{
			{Kind: garmintest.IssuedAccess, Value: tokens.Access}, {Kind: garmintest.IssuedRefresh, Value: tokens.Refresh},
			{Kind: garmintest.IssuedCode, Value: sent}, {Kind: garmintest.IssuedCode, Value: read},
		} {
			if !slices.Contains(issued, want) {
				t.Errorf("a %s is not listed", want.Kind)
			}
		}
		if len(issued) != 6 { // a ticket, an access token, a refresh token twice, two codes
			t.Errorf("%d secrets listed, want 6", len(issued))
		}
	}, somebody(t, "ana", "", garmintest.Runner), somebody(t, "ben", garmintest.MFAEmail, garmintest.Runner),
		somebody(t, "caro", garmintest.MFATOTP, garmintest.Runner))
}
