package whatsapptest

import (
	"fmt"
	"strconv"
	"time"
)

// Assumptions are the choices that this network makes where the real service's
// behaviour is not known for certain, or is known to vary: one switch each.
// What is known of a switch stands in Assumed.
type Assumptions struct {
	DropRepeats    bool
	DirectByLID    bool
	GroupsByLID    bool
	SenderAlt      bool
	AddressingMode bool
	MemberNumbers  bool
	ContactByLID   bool
	DirectHash     bool

	OutsiderCode  int // of acknowledgements and queries
	AnnounceCode  int
	NobodyCode    int
	OutsiderQuery int
	BlockedCode   int // 0 acknowledges

	QueueLife    time.Duration
	Redeliver    time.Duration // 0 for never on the same connection
	InFlight     int
	RetrySettles bool

	DeviceNews    string // asked, pn or lid
	Inactive      bool
	TypingToAll   bool
	TrueKeyCount  bool
	LowKeys       int
	PreviewAlways bool
	LIDForLID     bool
	History       bool
	SelfWrapped   bool
}

// The values of DeviceNews.
const (
	newsAsked = "asked"
	newsByPN  = "pn"
	newsByLID = "lid"
)

// DefaultAssumptions returns the likeliest choices.
func DefaultAssumptions() Assumptions {
	return Assumptions{
		DropRepeats: true, DirectByLID: true, GroupsByLID: true, SenderAlt: true, AddressingMode: true, MemberNumbers: true,
		ContactByLID: true, DirectHash: true, OutsiderCode: 403, AnnounceCode: 403, NobodyCode: 404, OutsiderQuery: 403,
		QueueLife: 14 * 24 * time.Hour, InFlight: 256, DeviceNews: newsAsked, Inactive: true, LowKeys: 5,
		SelfWrapped: true,
	}
}

// Assumption describes one switch.
type Assumption struct {
	Name    string
	Default any
	Other   any    // the other choice, which tests try
	What    string // what is chosen, and why
	field   any    // pointer into the Assumptions that were asked
}

// Assumed lists all switches.
func Assumed() []Assumption {
	a := DefaultAssumptions()
	return a.list()
}

// list is the one place where a switch has its name, its other choice and its
// reason. Default is what a holds.
func (a *Assumptions) list() []Assumption {
	all := []Assumption{
		{"drop-repeats", nil, false, "a message under an id that its sender used before in the chat is acknowledged and shown to nobody: one product saw that; maintainers say receivers do it", &a.DropRepeats},
		{"direct-by-lid", nil, false, "direct messages come from the sender's LID, not the number: both are seen in the wild, LIDs more and more", &a.DirectByLID},
		{"groups-by-lid", nil, false, "groups address their members by LID: old groups still do by number", &a.GroupsByLID},
		{"sender-alt", nil, false, "a message names its sender's other address too: missing at times, by reports", &a.SenderAlt},
		{"addressing-mode", nil, false, "direct messages say which kind of address they use: often absent", &a.AddressingMode},
		{"member-numbers", nil, false, "member lists hold each member's other address: real servers often omit it", &a.MemberNumbers},
		{"contact-by-lid", nil, false, "looking up a number answers with the LID and the number beside it: older servers with the number alone", &a.ContactByLID},
		{"direct-hash", nil, false, "the acknowledgement of a direct message that missed a device holds the hash of the right list: seen for groups, guessed for direct ones", &a.DirectHash},
		{"outsider-code", nil, 421, "acknowledgement of a message to a group by somebody who is not in it: clients report only the number", &a.OutsiderCode},
		{"announce-code", nil, 405, "acknowledgement of a message by somebody who is no admin where only admins write: not recorded", &a.AnnounceCode},
		{"nobody-code", nil, 400, "acknowledgement of a message to a number without an account: clients look the number up before, so nobody saw it", &a.NobodyCode},
		{"outsider-query", nil, 404, "answer to a question about a group by somebody who is not in it: both are seen", &a.OutsiderQuery},
		{"blocked-code", nil, 403, "a message to somebody who blocked its sender: 0 is acknowledged and dropped, so that nobody learns of it; else refused with the number", &a.BlockedCode},
		{"queue-life", nil, 24 * time.Hour, "how long what was not acknowledged waits for a client: two weeks by a comment in a client", &a.QueueLife},
		{"redeliver", nil, 20 * time.Second, "what a client does not acknowledge comes again on the same connection after this, 0 for on the next connection only: the latter by experience", &a.Redeliver},
		{"in-flight", nil, 1, "stanzas that may wait for a client's acknowledgement at once: a client's queue holds 2,048, the real number is not known", &a.InFlight},
		{"retry-settles", nil, true, "asking for a message again takes it from the queue: clients that ask also acknowledge, so either works", &a.RetrySettles},
		{"device-news", nil, newsByPN, "a change of somebody's devices is told under the address by which a client asked, or always pn or lid: all are seen", &a.DeviceNews},
		{"inactive", nil, false, "senders are told that a message reached a client that is not looked at as type inactive, not as delivered: seen, but not shown by the apps", &a.Inactive},
		{"typing-to-all", nil, true, "typing is told to clients that did not say that they are looked at: the real server is said not to", &a.TypingToAll},
		{"true-key-count", nil, true, "a new client hears that the server has none of its one-time keys: true, but then it makes 812; hearing one it makes 50", &a.TrueKeyCount},
		{"low-keys", nil, 10, "one-time keys below which the server asks for more: clients take no notice while it has five", &a.LowKeys},
		{"preview-always", nil, true, "a login hears how much is waiting also when that is nothing: not known", &a.PreviewAlways},
		{"lid-for-lid", nil, true, "who asks for the LID of somebody named by LID gets it once more: clients that ask so take it for a number", &a.LIDForLID},
		{"history", nil, true, "the phone sends a new client its history, an empty one: real phones send theirs; some clients wait 20 s for it, others keep a goroutine for it", &a.History},
		{"self-wrapped", nil, false, "what the phone writes to itself reaches its clients as a copy of something sent: clients write it so; as a message of its own it would be read alike", &a.SelfWrapped},
	}
	for i := range all {
		switch p := all[i].field.(type) {
		case *bool:
			all[i].Default = *p
		case *int:
			all[i].Default = *p
		case *time.Duration:
			all[i].Default = *p
		case *string:
			all[i].Default = *p
		}
	}
	return all
}

// Set makes a choice: a name of Assumed, and a value as it prints there.
func (a *Assumptions) Set(name, value string) error {
	for _, s := range a.list() {
		if s.Name == name {
			if err := s.set(value); err != nil {
				return fmt.Errorf("%s=%q: like %v or %v, please", name, value, s.Default, s.Other)
			}
			return nil
		}
	}
	return fmt.Errorf("no such switch: %q", name)
}

func (s Assumption) set(value string) error {
	switch p := s.field.(type) {
	case *bool:
		return keep(p, value, strconv.ParseBool)
	case *int:
		return keep(p, value, func(v string) (int, error) {
			n, err := strconv.ParseUint(v, 10, 31)
			return int(n), err
		})
	case *time.Duration:
		return keep(p, value, time.ParseDuration)
	case *string:
		return keep(p, value, func(v string) (string, error) {
			if v != newsAsked && v != newsByPN && v != newsByLID {
				return "", strconv.ErrSyntax
			}
			return v, nil
		})
	}
	return nil
}

// keep stores what could be read.
func keep[T any](p *T, value string, read func(string) (T, error)) error {
	v, err := read(value)
	if err != nil {
		return err
	}
	*p = v
	return nil
}
