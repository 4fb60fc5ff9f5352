package store

import "time"

// Units is the unit system in which a person or a group reads distances.
type Units string

// The unit systems.
const (
	Kilometres Units = "km"
	Miles      Units = "mi"
	Both       Units = "both" // kilometres, and miles in brackets
)

// Privacy says what becomes of activities that are private at their source.
type Privacy string

// The policies for private activities.
const (
	// PrivateOut leaves private activities out of every group. The default.
	PrivateOut Privacy = "exclude"
	// PrivateTotals counts them in the member's totals, without details.
	PrivateTotals Privacy = "totals"
)

// Athlete is a person who has written to the bot.
type Athlete struct {
	ID       int64
	User     string // WhatsApp user id (the LID's user part); unique
	Phone    string // phone number, digits only; empty where WhatsApp does not tell
	Name     string // the name shown in groups
	Prefs    Prefs
	Created  time.Time
	Updated  time.Time
	LastSync time.Time // zero before the first sync
}

// Prefs are an athlete's own settings.
type Prefs struct {
	Language string // ISO 639-1; empty means the group's
	Units    Units
	Zone     string // IANA name; empty means the group's
	Private  Privacy
	Files    bool    // the athlete said /files on
	Hidden   Classes // no group sees workouts of these
	Remind   int     // days without a workout after which the athlete wants a word; 0 is never
	// Health is since when the athlete agrees to have daily figures of health
	// kept; zero means no. Only SetHealth changes it.
	Health time.Time
}

// AccountState says whether an account can be synced.
type AccountState string

// The states of an account.
const (
	AccountHealthy AccountState = "healthy"
	// AccountSignedOut needs the athlete to sign in again.
	AccountSignedOut AccountState = "signed_out"
	// AccountCooling waits until its Until before anything is asked again.
	AccountCooling AccountState = "cooling"
)

// Account is an athlete's account at a source of activities.
type Account struct {
	ID      int64
	Athlete int64
	Source  string // "garmin"
	Profile string // the profile id at the source; one athlete per profile
	Name    string // full name at the source
	Tokens  Secret // sealed on disk
	State   AccountState
	Reason  string    // why the state is not healthy
	Until   time.Time // end of a cooling
	Linked  time.Time
	Updated time.Time
}

// Membership says that an athlete is shown in a group, by consent.
type Membership struct {
	Athlete int64
	Group   int64
	Role    Role
	Joined  time.Time
	Consent Consent
}

// Consent is the yes of a person: to which text, when, in which message.
type Consent struct {
	Text    string // version of the text that was agreed to
	Given   time.Time
	Message string // WhatsApp id of the message that said yes
}
