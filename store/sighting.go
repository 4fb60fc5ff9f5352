package store

import "time"

// Record names what one source tells of one workout.
type Record struct {
	Source   string // "garmin", "file"
	External string // the id at the source
}

// Key names the record that the activity is told by. Where several tell of
// it, it is the one that leads them.
func (a Activity) Key() Record { return Record{a.Source, a.External} }

// Sighting is what one record tells of an activity that several records tell
// of: two devices, or a source and a file that was handed in. An activity whose
// row is simply what one record tells has none.
type Sighting struct {
	Activity int64    // the row that shows all of them as one
	Told     Activity // as the record tells it; Source and External name the record
}

// Apart says that two records are two workouts, however alike they look.
type Apart struct {
	A, B  Record
	Since time.Time // when the athlete said so; what was said at once has one time
}

// Names says whether it is about these two, in whatever order.
func (p Apart) Names(a, b Record) bool {
	return p.A == a && p.B == b || p.A == b && p.B == a
}

// Workout is one activity as all records together tell it.
type Workout struct {
	Row  Activity   // named as the record that leads
	Told []Activity // by each record, the leading one first
}

// Merge finds the workouts that an athlete's records tell of. It is a pure
// function of the set of records, and one of a single record is what that
// tells.
type Merge func(told []Activity, apart []Apart) []Workout

// Change is what becomes of an athlete's records at once.
type Change struct {
	Athlete int64
	Sources []string   // all that there are, for what has one id at several
	Kept    []Kept     // records that are new or tell something else
	Gone    []Record   // records that are no more, with their legs
	Reason  string     // why they are gone
	Part    [][]Record // what each of these tells of is a workout of its own from now on
	Join    []Apart    // what is forgotten of that
	By      Actor      // who parts or joins
	Reply   Reply
}

// Changed counts the activities that a change has made, altered and removed,
// and names the files that nothing needs any more.
type Changed struct {
	New, Altered, Gone int
	Paths              []string // below the data folder
}
