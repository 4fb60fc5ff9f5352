package whatsapptest

import (
	"errors"
	"fmt"
	"time"
)

// FaultKind names a disturbance.
type FaultKind int

// The disturbances. OK ends all others.
const (
	OK       FaultKind = iota
	Drop               // cuts the connections once; clients may return at once
	Silent             // accepts and forwards messages, but answers neither them nor pings
	LoseAck            // accepts and forwards the next message without acknowledging it, once
	AckError           // refuses messages with Code, such as 463 or 429
	Failure            // refuses logins with Code: 401, 402 (a ban for For), 405, 503
	Logout             // unlinks all clients
	Replaced           // another client took over: the connection ends
	Outage             // cuts the connections and refuses new ones
)

// Fault is a disturbance. One lasts until For has passed, or until OK where For
// is zero.
type Fault struct {
	Kind FaultKind
	Code int           // of AckError and Failure
	For  time.Duration // how long; with Failure 402 also the ban's length
	Ban  int           // reason of Failure 402; zero means 104, the same message to many
}

// disturbance is a fault at work.
type disturbance struct {
	Fault
	until time.Time // zero: until OK
}

// Disturb disturbs one account's clients, or everybody's where a is nil. It
// replaces what disturbed them before.
func (n *Network) Disturb(a *Account, f Fault) error {
	if f.Kind < OK || f.Kind > Outage {
		return fmt.Errorf("whatsapptest: no fault %d", f.Kind)
	}
	if (f.Kind == AckError || f.Kind == Failure) && f.Code == 0 {
		return errors.New("whatsapptest: the fault needs a code")
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	d := disturbance{Fault: f}
	if f.For > 0 {
		d.until = n.opts.Now().Add(f.For)
	}
	if a == nil {
		n.fault = d
		for _, each := range n.accounts {
			each.fault = disturbance{}
			each.strike(f)
		}
		return nil
	}
	a.fault = d
	a.strike(f)
	return nil
}

// Cut cuts the connections of an account's clients, which may return at once,
// and leaves be what disturbs them.
func (n *Network) Cut(a *Account) {
	n.mu.Lock()
	defer n.mu.Unlock()
	a.strike(Fault{Kind: Drop})
}

// strike does what a fault does at once.
func (a *Account) strike(f Fault) {
	for _, d := range a.companions() {
		switch f.Kind {
		case Drop, Outage:
			d.cut()
		case Failure:
			d.cut()
			if loggedOut(f.Code) {
				d.removed, d.pending = true, nil
			}
		case Logout:
			d.remove()
		case Replaced:
			if d.conn != nil {
				d.conn.sendLast(replaced())
			}
		}
	}
}

func (d *device) cut() {
	if d.conn != nil {
		d.conn.drop()
	}
}

// loggedOut tells the codes at which a client forgets its link.
func loggedOut(code int) bool { return code == 401 || code == 403 || code == 406 }

// disturbed returns the fault of a kind that works on the account now.
func (n *Network) disturbed(a *Account, kind FaultKind) (Fault, bool) {
	for _, d := range []disturbance{a.fault, n.fault} {
		if d.Kind == kind && (d.until.IsZero() || n.opts.Now().Before(d.until)) {
			return d.Fault, true
		}
	}
	return Fault{}, false
}

// spend uses up a fault that works once.
func (n *Network) spend(a *Account, kind FaultKind) bool {
	if _, ok := n.disturbed(a, kind); !ok {
		return false
	}
	if a.fault.Kind == kind {
		a.fault = disturbance{}
		return true
	}
	n.fault = disturbance{}
	return true
}

// refusing reports whether the whole network is out of service.
func (n *Network) refusing() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	d := n.fault
	return n.closed || d.Kind == Outage && (d.until.IsZero() || n.opts.Now().Before(d.until))
}

// refusedLogin returns what a login is told instead of success. One account's
// outage is told as 503 and not by silence: a whatsmeow client whose socket
// ends right after the handshake may miss that and never return.
func (n *Network) refusedLogin(a *Account) (node, bool) {
	if _, ok := n.disturbed(a, Outage); ok {
		return failure(503), true
	}
	f, ok := n.disturbed(a, Failure)
	if !ok {
		return node{}, false
	}
	out := failure(f.Code)
	if f.Code == 402 {
		out.Attrs["code"] = tooManySame
		if f.Ban != 0 {
			out.Attrs["code"] = f.Ban
		}
		left := f.For
		if d := a.fault; d.Kind == Failure && !d.until.IsZero() {
			left = d.until.Sub(n.opts.Now())
		} else if d := n.fault; d.Kind == Failure && !d.until.IsZero() {
			left = d.until.Sub(n.opts.Now())
		}
		out.Attrs["expire"] = int(left.Seconds())
	}
	return out, true
}

// tooManySame is the ban for sending the same to many.
const tooManySame = 104
