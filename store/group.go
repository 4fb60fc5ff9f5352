package store

import (
	"strings"
	"time"
)

// Chat is the address of a conversation, as the messenger writes it. Rooms
// above compare it and hand it back; only the messenger's room takes it apart.
type Chat string

// Metric is what a group ranks by.
type Metric string

// The metrics of a group.
const (
	ByEffort   Metric = "effort"
	ByDays     Metric = "days"
	ByTime     Metric = "time"
	ByDistance Metric = "distance"
	ByClimb    Metric = "climb"
	ByCount    Metric = "count"
	ByPoints   Metric = "points" // ten for a day's first mile or quarter of an hour, then nine, eight … and one for each further
)

// Group is a WhatsApp group that the bot is in.
type Group struct {
	ID          int64
	Chat        Chat
	Name        string
	Description string
	Language    string // ISO 639-1
	Units       Units
	Zone        string // IANA name
	WeekStart   time.Weekday
	Metric      Metric
	Style       string    // of the digest: "full", "short", "points" or a template of the operator; empty is full
	Skip        Day       // the first day of the week whose digest is not posted; 0 for none
	Races       bool      // races are posted at once
	Excluded    Classes   // workouts of these do not count in the group
	Quiet       Quiet     // digest and races wait in it
	Schedule    string    // cron line of the digest; empty means none
	Scheduled   time.Time // when the schedule was set: nothing before it is due
	Invite      string    // code of its invitation link, such as PRC7; empty before WhatsApp first told of it
	Allowed     bool      // by the operator
	Enabled     bool      // an admin said /start
	LastRun     time.Time
	NextRun     time.Time
	Created     time.Time
	Updated     time.Time
}

// Location returns the group's zone, UTC where the name is unknown.
func (g Group) Location() *time.Location {
	zone, err := time.LoadLocation(g.Zone)
	if err != nil {
		return time.UTC
	}
	return zone
}

// WeekFor returns the week that a digest due at that moment covers: on the
// last day of the group's week the running one, on any other the last full
// one.
func (g Group) WeekFor(due time.Time) Span {
	day := DayOf(due.In(g.Location()))
	week := WeekOf(day, g.WeekStart)
	if day == week.Last() {
		return week
	}
	return week.Before()
}

// Roster is what WhatsApp says of a group at one moment.
type Roster struct {
	Chat        Chat
	Name        string
	Description string
	People      []Person
}

// Person is somebody in a roster.
type Person struct {
	User  string // WhatsApp user id (LID)
	Phone string // may be empty
	Admin bool
}

// Find returns the person with that user id.
func (r Roster) Find(user string) (Person, bool) {
	for _, p := range r.People {
		if p.User == user {
			return p, true
		}
	}
	return Person{}, false
}

// Role is what somebody is to a group or to the instance.
type Role string

// The roles, from least to most.
const (
	RoleStranger Role = "stranger"
	RoleMember   Role = "member"
	RoleAdmin    Role = "admin"    // of the group, by WhatsApp's word
	RoleOperator Role = "operator" // of the instance
)

// Actor is who does something, for checks and for the audit.
type Actor struct {
	Role    Role
	User    string // WhatsApp user id; empty for the operator's terminal
	Athlete int64  // 0 for somebody not known
	Message string // correlation id of what caused the action
}

// AuditEntry records that somebody did, or was denied, something.
type AuditEntry struct {
	ID      int64
	At      time.Time
	Actor   Actor
	Action  string
	Subject string // what it was done to, such as "group 4"; never a phone number
	Denied  bool
	Detail  string
}

// SameName compares group names as people type them.
func SameName(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}
