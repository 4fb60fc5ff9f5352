package store

import (
	"fmt"
	"time"
)

// SignIn is where a sign-in at a source stands: a challenge to answer, or,
// when Challenge is nil, done.
type SignIn struct {
	Challenge *Challenge
	Name      string // the person's name at the source, once done
}

// Challenge is what a source asks in the middle of a sign-in.
type Challenge struct {
	Method string    // "email", "sms" or "totp"
	Target string    // where the code went, masked by the source; may be empty
	Tries  int       // answers that are left
	Until  time.Time // after this the sign-in is forgotten
	Again  time.Time // when another code can be asked for; zero where none can
}

// RefusalKind says why a source refused a sign-in.
type RefusalKind string

// The kinds of refusal.
const (
	RefusedPassword    RefusalKind = "password"    // e-mail or password is wrong
	RefusedCode        RefusalKind = "code"        // the code is wrong; Tries are left
	RefusedTries       RefusalKind = "tries"       // too many codes or sign-ins; not before Until
	RefusedExpired     RefusalKind = "expired"     // no sign-in waits for this answer any more
	RefusedTicket      RefusalKind = "ticket"      // the pasted ticket is used, too old or not one
	RefusedRate        RefusalKind = "rate"        // the source limits sign-ins; not before Until
	RefusedInteraction RefusalKind = "interaction" // captcha, locked account, new terms: the person must visit the source
	RefusedTaken       RefusalKind = "taken"       // the account is linked to somebody else
	RefusedSoon        RefusalKind = "soon"        // another code is sent from Until on; never, where that is zero
	RefusedDown        RefusalKind = "down"        // the source does not work at present
)

// Why says more of a refusal than its kind, where more is known.
type Why string

// What more is known.
const (
	WhyLocked   Why = "locked"   // interaction: the account is locked
	WhyCaptcha  Why = "captcha"  // interaction: the source wants to see a person
	WhyPhone    Why = "phone"    // interaction: a telephone number first
	WhyProfile  Why = "profile"  // interaction: the account has never been opened
	WhyRegion   Why = "region"   // ticket: the account lives in the source's other database
	WhyWall     Why = "wall"     // down: a firewall turns away who asks from here
	WhyUnproved Why = "unproved" // down: the person was let in, and the keys that came of it open nothing
	WhyAll      Why = "all"      // down: it fails for everybody; it is tried again at Until
)

// Refusal is the one typed error: a source did not let somebody in, and this
// is what the person can be told.
type Refusal struct {
	Kind  RefusalKind
	Why   Why       // empty where no more is known
	Tries int       // answers that are left
	Until time.Time // when it makes sense to try again
	Err   error     // the cause, for the log
}

// Error names the kind and the cause.
func (r *Refusal) Error() string {
	if r.Err == nil {
		return "sign-in refused: " + string(r.Kind)
	}
	return fmt.Sprintf("sign-in refused: %s: %v", r.Kind, r.Err)
}

// Unwrap returns the cause.
func (r *Refusal) Unwrap() error { return r.Err }

// Tally counts what a sync did.
type Tally struct {
	Listed     int // records that the source showed
	New        int
	Changed    int
	Gone       int
	Unreadable int
	Files      int // files downloaded
	Health     int // days of health that were read
}

// Add adds up two tallies.
func (t Tally) Add(o Tally) Tally {
	return Tally{t.Listed + o.Listed, t.New + o.New, t.Changed + o.Changed, t.Gone + o.Gone, t.Unreadable + o.Unreadable, t.Files + o.Files, t.Health + o.Health}
}
