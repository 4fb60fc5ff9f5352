package digest

import (
	"iter"
	"time"

	"clubrun/store"
)

// Report is a group's period in figures. Distances and heights are metres.
type Report struct {
	Group store.Group
	Span  store.Span
	SoFar bool      // the span is not over
	Today store.Day // the day of the report in the group's zone
	Begun int       // days of the span that have begun
	// AsOf is as of when the figures are, where most accounts could not be read
	// since and the span was not over then; zero otherwise.
	AsOf time.Time

	Members  int // who is shown in the group
	Active   int // of them with a workout in the span, or a leg of one that began before it
	Workouts int // a multisport event is one
	Time     time.Duration
	Distance float64
	Climb    float64
	Effort   int
	// Change is the group's time against its mean of the four weeks before,
	// 0.12 for 12 % more; nil without such a mean.
	Change *float64

	Sports []Total    // largest in time first
	Days   []DayTotal // one for each day of the span; none for spans over a year
	Metric store.Metric
	Sport  store.Sport // the sport of a board by distance; empty otherwise
	Rows   []Row       // active members, by rank; those in a pause last
	Aside  []Row       // the others, by name

	Highlights []Highlight // chosen for a short text
	Notable    []Highlight // all there was, most remarkable first
	Held       []Held      // workouts that are too fast to be true

	Late     []Late     // of the week before, known only after its digest
	LastYear *Glance    // the same week a year before; nil where nothing is known of it
	Month    *Glance    // the month that ended, in its last digest or the first after it
	Year     *Glance    // the year, in the last digest of December
	Goal     *Progress  // nil where the group has none
	Duels    []Standing // of the week, of those who both said yes
	Prize    *Prize     // of the week; nil where nobody earned one
	Boards   []Board    // further boards, for longer answers
	Records  []Record   // the group's records, for longer answers
	Weeks    []Glance   // of a week: the last twelve, itself the last
}

// Late is what a member did in the week before and is known of only since its
// digest was made.
type Late struct {
	Athlete  int64
	Name     string
	Sport    store.Sport
	Day      store.Day
	Workouts int
	Time     time.Duration
	Distance float64 // metres
}

// Glance is a longer or an earlier period in a line.
type Glance struct {
	Span     store.Span
	Active   int
	Workouts int
	Time     time.Duration
	Distance float64 // metres
	Climb    float64 // metres
	Days     int     // active days of all members
	Best     bool    // no such period before had more time
}

// Progress is how far a group's goal is.
type Progress struct {
	store.Goal
	Done      float64   // in the unit of the target
	Due       float64   // what even progress would have come to by now
	Pace      float64   // a day, so far
	Projected float64   // at the end, at this pace; 0 in the first five days
	Expected  store.Day // when the target is reached at this pace; 0 for not within the span
	Reached   store.Day // when it was; 0 for not yet
	Late      bool      // it was reached in the week before, too late for that week's digest
	Days      []float64 // what had come together by the end of each day that has begun
	Shares    []Share   // largest first
	Journey   *Journey  // nil without a route
}

// Share is one member's part of a goal.
type Share struct {
	Athlete int64
	Name    string
	Value   float64
}

// Journey is how far a virtual journey has come.
type Journey struct {
	Route   string  // its key in the table of routes
	Name    string  // as people there write it
	Length  float64 // metres
	Done    float64
	Passed  string   // the last milestone behind, by name
	Next    string   // the next one, by name; empty at the end
	ToNext  float64  // metres
	Crossed []string // milestones passed within the span of the report
}

// Standing is how a duel stands: each one's score against the own mean, 1.2
// for 20 % above it and at most 2.
type Standing struct {
	store.Duel
	Names  [2]string // of who asked and who was asked
	Scores [2]float64
	ByDays bool  // one of the two has no mean yet: the scores are active days
	Leader int64 // 0 for a draw
	Over   bool
}

// Prize is the light-hearted prize of a week.
type Prize struct {
	Rule    string // its name in the rules
	Athlete int64
	Name    string
	Other   int64                 // of a prize for two, who else it is given to; 0 for nobody
	With    string                // that one's name
	Value   float64               // what it was given for
	Unit    Unit                  // what the value is in
	Icon    string                // an emoji
	Words   map[string]PrizeWords // an operator's own, by language; none for a built-in rule
}

// Board is the order of members by one metric.
type Board struct {
	Metric store.Metric
	Sport  store.Sport // of a board by distance
	Rows   []Row       // by rank; only what may be shown
}

// Record is the group's best of a kind.
type Record struct {
	Kind    string // "week.time", "week.workouts", "joint", "longest.run", …
	Athlete int64  // 0 where it is the group's
	Name    string
	Sport   store.Sport
	Day     store.Day // the day, or the first one of the week
	Value   float64   // metres, seconds, workouts or people
}

// Part is what was done in one sport.
type Part struct {
	Sport    store.Sport
	Workouts int
	Time     time.Duration
	Distance float64
	Climb    float64
}

func (p *Part) add(o Part) {
	p.Workouts += o.Workouts
	p.Time += o.Time
	p.Distance += o.Distance
	p.Climb += o.Climb
}

// Total is what the group did in one sport.
type Total struct {
	Part
	Athletes int // who did it
}

// DayTotal is what the group did on one day.
type DayTotal struct {
	Day   store.Day
	Time  time.Duration
	Parts []Part // largest in time first
}

// Row is one member's period.
type Row struct {
	Athlete int64
	Name    string // as the athlete gave it; not yet harmless for chat text
	Rank    int    // equal scores share a rank; 0 for members without a workout or in a pause

	Workouts   int
	Time       time.Duration
	Distance   float64
	Climb      float64
	Effort     int     // moderate + 2 × vigorous minutes, at most 240 a day
	Estimated  bool    // part of the effort is estimated from time
	Manual     bool    // part was typed, not recorded
	ActiveDays int     // days with at least 15 minutes
	Days       [7]bool // the active ones among the first seven days
	Parts      []Part  // largest in time first
	// Change is the score against the member's own mean of the four weeks
	// before; nil without such a mean.
	Change *float64

	Streak   int  // weeks in a row with at least three active days
	Private  int  // workouts left out because they are private at their source
	Held     int  // workouts left out because they are too fast to be true
	Twice    int  // workouts left out because another device recorded them too
	Hidden   int  // workouts left out because the member hides them
	Excluded int  // workouts left out because the group does not count them
	Points   int  // 10 for a day's first mile or quarter of an hour, then 9, 8 … and 1 for each after the tenth
	Paused   bool // in a pause on the last day of the span, or today: not to be named
	Frozen   bool // the streak stands although its week was missed, by a pause or as one that is forgiven

	Weeks []Glance // of a week: the member's last twelve, itself the last
}

// Held is a workout that is left out until its athlete says that it was no car.
type Held struct {
	Athlete  int64
	Activity int64
}

// Own returns a member's row, whether active or not.
func (r Report) Own(athlete int64) (Row, bool) {
	for _, rows := range [][]Row{r.Rows, r.Aside} {
		for _, row := range rows {
			if row.Athlete == athlete {
				return row, true
			}
		}
	}
	return Row{}, false
}

// all yields the rows of all members, to be filled.
func (r *Report) all() iter.Seq[*Row] {
	return func(yield func(*Row) bool) {
		for _, rows := range [][]Row{r.Rows, r.Aside} {
			for i := range rows {
				if !yield(&rows[i]) {
					return
				}
			}
		}
	}
}

// Score is what the row is ranked by, in the unit in which it is told: effort
// minutes, days, minutes, metres, workouts.
func (r Report) Score(row Row) int { return score(row, r.Metric, r.Sport) }

// Board returns the rows that may be shown ranked: none under four active
// members, the first five rows above twelve members, else everybody with a
// score. Who is in a pause is not among them.
func (r Report) Board() []Row {
	return r.shown(r.Rows, r.Metric, r.Sport)
}
