package store

import "time"

// Sport is a family of activity types that are counted together.
type Sport string

// The sport families.
const (
	Run      Sport = "run"
	Ride     Sport = "ride"
	EBike    Sport = "ebike"
	Swim     Sport = "swim"
	Walk     Sport = "walk"
	Hike     Sport = "hike"
	Row      Sport = "row"
	Ski      Sport = "ski"
	Strength Sport = "strength"
	Yoga     Sport = "yoga"
	Team     Sport = "team"
	Other    Sport = "other"
)

// Travels says whether a sport is told by its distance.
func (s Sport) Travels() bool {
	switch s {
	case Run, Ride, EBike, Swim, Walk, Hike, Row, Ski:
		return true
	}
	return false
}

// Activity is one workout of one athlete. Distances and heights are metres,
// durations whole seconds or finer, heart rates beats per minute; zero means
// unknown.
type Activity struct {
	ID       int64
	Athlete  int64
	Source   string // "garmin", "file"
	External string // the id at the source; unique per source
	Parent   string // external id of the multisport activity that this is a leg of
	Checksum string // SHA-256 of the file that it was read from, hexadecimal; empty where it was read from none

	Name  string
	Sport Sport
	Type  string    // the source's own type key, such as "trail_running"
	Start time.Time // UTC
	Local time.Time // the same instant with the offset of the place where it happened

	Elapsed  time.Duration // from start to end
	Timer    time.Duration // while the timer ran
	Moving   time.Duration
	Distance float64 // metres
	Climb    float64 // metres gained
	Calories float64 // kilocalories
	AvgHR    float64 // beats per minute
	MaxHR    float64

	Moderate int // intensity minutes, moderate
	Vigorous int // intensity minutes, vigorous (each counts twice)
	Metrics  Metrics

	Private bool // private at the source
	Manual  bool // typed, not recorded
	Race    bool
	Record  bool      // the source calls it a personal record
	Vouched bool      // its athlete says that it was no car
	Synced  time.Time // when it was last read
	Known   time.Time // when it was first stored
	Hidden  time.Time // when its athlete hid it from every group; zero where it is not hidden
	Apart   bool      // its athlete says that it is a workout of its own, however like another it looks
}

// Metrics are figures that not every source has.
type Metrics struct {
	Zones  [5]float64         `json:"zones,omitzero"`  // seconds in heart rate zones 1 to 5
	Splits map[string]float64 `json:"splits,omitzero"` // fastest split by metres, seconds: {"1000": 292.1}
	Power  map[string]float64 `json:"power,omitzero"`  // highest mean power by seconds, watts: {"300": 281.5}
	Device string             `json:"device,omitzero"`
	Load   float64            `json:"load,omitzero"` // training load as the source computes it
}

// Day returns the calendar day on which the activity began where it happened.
func (a Activity) Day() Day { return DayOf(a.Local) }

// Raw is a record as its source gave it, kept so that a better decoder can
// read it again.
type Raw struct {
	Athlete  int64
	Source   string
	Kind     string // "list", "detail", "fit", "tcx", "gpx", "health.steps"
	External string
	Hash     string // of the stable fields: equal hash means nothing changed
	Body     []byte
	Fetched  time.Time
	Reason   string // why it could not be read; empty when it could
}

// Kept is a raw record together with the activities that were read from it.
type Kept struct {
	Raw        Raw
	Activities []Activity
}

// FileState says what became of an activity's file.
type FileState string

// The states of a file.
const (
	FileKept   FileState = "kept"   // on disk at Path
	FileNone   FileState = "none"   // the source has none
	FileFailed FileState = "failed" // to be tried again
)

// File is an activity's file, or how the last attempt to fetch it ended; unique
// by activity and format. The row of "fit" is about the original, whatever it
// turned out to be.
type File struct {
	Activity int64
	Format   string // "fit", "tcx", "gpx", "kml"
	Path     string // relative to the data folder
	SHA256   string // hexadecimal
	Size     int64  // bytes
	State    FileState
	Reason   string
	Attempts int       // how often it was asked for
	Retry    time.Time // when it is worth asking again; zero means never
	Updated  time.Time
}
