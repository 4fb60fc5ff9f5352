package store

// Record names what one source tells of one workout.
type Record struct {
	Source   string // "garmin", "file"
	External string // the id at the source
}

// Sighting is what one record tells of an activity that several records tell
// of: two devices, or a source and a file that was handed in. An activity of
// one record only has no sightings; its row is what the record tells.
type Sighting struct {
	Activity int64    // the row that shows all of them as one
	Told     Activity // as the record tells it; Source and External name the record
}

// Apart says that two records are two workouts, however alike they look.
type Apart struct {
	Athlete int64
	A, B    Record
}
