package whatsapp

import "go.mau.fi/whatsmeow/types/events"

// The states of the linked device.
const (
	StateUnpaired   = "unpaired"   // a phone has to scan a code
	StateConnecting = "connecting" // linked, and on the way to WhatsApp
	StateAway       = "away"       // linked, and told to stay away for a while
	StateOnline     = "online"     // linked and logged in
)

// State returns what the linked device is doing. It may be called from any
// goroutine.
func (c *Client) State() string {
	switch {
	case c.up.Load():
		return StateOnline
	case !c.linked.Load():
		return StateUnpaired
	case c.away.Load():
		return StateAway
	}
	return StateConnecting
}

// noteLink keeps in mind whether a phone knows this device. whatsmeow's own
// word may be read by its goroutines only.
func (s *session) noteLink(e any) {
	switch e.(type) {
	case *events.PairSuccess, *events.Connected:
		s.linked.Store(true)
		s.noteSelf(s.cli)
	case *events.LoggedOut:
		s.up.Store(false) // at once, whatever the session still has to do
		s.linked.Store(false)
	}
}
