package store

// Moment is one moment of a recorded activity. A figure that is not known is
// NaN.
type Moment struct {
	Seconds   float64 // since the start
	Distance  float64 // metres since the start
	Speed     float64 // metres per second
	Heart     float64 // beats per minute
	Latitude  float64 // degrees
	Longitude float64 // degrees
	Altitude  float64 // metres above the sea
	Cadence   float64 // revolutions per minute; of a run steps of one leg
	Power     float64 // watts
}
