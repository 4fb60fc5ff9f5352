package store

// The sources of what members hand in themselves.
const (
	SourceFile  = "file"  // a file
	SourceTyped = "typed" // a line that they typed
)

// ByHand is the source of the account of somebody who hands in everything and
// has no account elsewhere: there are no tokens, and nothing is ever asked.
const ByHand = "hand"

// The types of what was typed: whether the time of day was typed, too. Where it
// was not, the start is made up and only its day counts.
const (
	TypedDay   = "typed_day"
	TypedClock = "typed_clock"
)

// Handed is what became of a file or an entry that a member handed in.
type Handed struct {
	Refused Refused    // why nothing of it is kept; empty where it was read
	Shown   []Activity // that it tells of, as they count now
	New     int        // of them that nothing else tells of; of an account's export those that are kept now
	Known   int        // of them that something else tells of, too; of an export those that were kept already
	Again   bool       // the same file was handed in before
	Cut     bool       // it is damaged, and was read up to the fault
	Kept    bool       // the file itself is kept, too
}

// Refused says why nothing of a file is kept.
type Refused string

// The reasons.
const (
	RefusedFormat  Refused = "format"  // in no format that is read here
	RefusedEmpty   Refused = "empty"   // it holds no activity
	RefusedDamaged Refused = "damaged" // nothing of it can be read
	RefusedLarge   Refused = "large"
	RefusedFuture  Refused = "future" // it begins in the future
)
