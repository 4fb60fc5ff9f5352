package whatsapp

import (
	"testing"
	"time"

	"go.mau.fi/whatsmeow/types"
)

// An answer that was asked for before an admin was demoted may still call her
// one.
func TestAnAnswerOlderThanAnEventIsNotRemembered(t *testing.T) {
	c := &Client{
		Options: Options{Now: time.Now}, ready: make(chan struct{}),
		rosters: map[types.JID]cachedRoster{}, numbered: map[types.JID]bool{},
	}
	group := types.NewJID("1", types.GroupServer)
	answer := &types.GroupInfo{JID: group, Participants: []types.GroupParticipant{{JID: types.NewJID("2", types.HiddenUserServer), IsAdmin: true}}}
	for what, event := range map[string]func(){
		"an event":                 func() { c.forget(group) },
		"an end of the connection": c.down,
		"a person's second name":   c.forgetAll,
	} {
		asked := c.rosterAge()
		event()
		c.remember(t.Context(), answer, asked)
		if r, ok := c.recall(group); ok {
			t.Errorf("after %s the older answer is believed: %+v", what, r)
		}
	}
	c.remember(t.Context(), answer, c.rosterAge())
	if r, ok := c.recall(group); !ok || len(r.People) != 1 || !r.People[0].Admin {
		t.Errorf("the newest answer is not believed: %+v", r)
	}
}
