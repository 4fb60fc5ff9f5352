package store

// HealthMetric is a figure of a day.
type HealthMetric string

// The figures of a day that are kept of who agreed.
const (
	Steps       HealthMetric = "steps"
	RestingHR   HealthMetric = "resting_hr"   // beats per minute
	Sleep       HealthMetric = "sleep"        // seconds, of the night that ended on the day
	HRV         HealthMetric = "hrv"          // last night's mean, milliseconds (RMSSD)
	BodyBattery HealthMetric = "body_battery" // the day's highest, 0 to 100
	VO2Max      HealthMetric = "vo2max"       // millilitres a minute and kilogram
	Intensity   HealthMetric = "intensity"    // minutes, vigorous ones counted twice
)

// Health is one figure of one local day of one athlete.
type Health struct {
	Athlete int64
	Day     Day
	Metric  HealthMetric
	Value   float64
}
