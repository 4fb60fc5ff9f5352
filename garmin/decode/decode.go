// Package decode reads activities: FIT, TCX and GPX files, and the JSON in
// which Garmin Connect lists them. It turns bytes into store's words and is
// pure: it opens no file, asks no network and knows no clock. Whatever it is
// given, it ends, never panics, and says how far it got: what was readable
// before a fault is returned together with the fault.
//
// FIT files are read by one tolerant pass of our own over definition and data
// messages, for every file and not as a second try: tormoder/fit refuses about
// one valid file in twenty (fields wider than its profile, chained files
// without a file_id, unknown file types), and two readers in a row would be
// two answers to one file. What the numbers of the FIT profile mean comes from
// tormoder/fit, which the tests also use as writer and as second opinion.
package decode

import (
	"bytes"
	"errors"
	"path"
	"strings"
	"time"
)

// The limits within which a file is read.
const (
	maxBytes    = 64 << 20  // of a file once unpacked
	maxRecords  = 2_000_000 // track points; 23 days at one a second
	maxSessions = 1_000
	maxLaps     = 100_000
)

// The errors that callers tell apart.
var (
	// ErrUnknown says that the bytes are in no format that is read here.
	ErrUnknown = errors.New("not a FIT, TCX or GPX file")
	// ErrNoActivity says that the file is sound but holds no activity: a
	// workout, a course, settings, waypoints.
	ErrNoActivity = errors.New("holds no activity")
	// ErrDamaged says that the file ends early, or that its checksum or its
	// structure is wrong.
	ErrDamaged = errors.New("damaged")
	// ErrTooLarge says that the file goes beyond what is read.
	ErrTooLarge = errors.New("too large")
)

// Recording is what one activity file holds.
type Recording struct {
	Format   string // "fit", "tcx" or "gpx"
	Sessions []Session
}

// Figure names a figure of a session.
type Figure uint16

// The figures of which a session can say that they are known.
const (
	HasElapsed Figure = 1 << iota
	HasTimer
	HasMoving
	HasDistance
	HasAscent
	HasCalories
	HasAvgHR
	HasMaxHR
)

// Session is one sport's part of a recording: one a file as a rule, more in a
// multisport file, one for each track of a GPX file. The figures are the
// file's own; only GPX, which states none, has them computed from its points.
type Session struct {
	Name     string    // as the file names it; may be empty
	Sport    string    // in FIT's snake_case; empty when the file does not say
	SubSport string    // in FIT's snake_case; empty when the file does not say
	Start    time.Time // UTC; zero when the file does not say
	Local    time.Time // the same instant with the offset where it happened; zero when the file does not say

	Elapsed  time.Duration // from start to end
	Timer    time.Duration // while the timer ran
	Moving   time.Duration
	Distance float64 // metres
	Ascent   float64 // metres gained
	Calories float64 // kilocalories
	AvgHR    float64 // beats per minute
	MaxHR    float64 // beats per minute

	Records int    // track points
	Laps    int    // laps; in a GPX file segments
	Known   Figure // which of the figures the file states, were they zero
}

// Knows says whether the file states a figure.
func (s Session) Knows(f Figure) bool { return s.Known&f != 0 }

// File reads an activity file. The format is told by the bytes, and where
// these leave it open by the extension; .gz and .zip files with one activity
// in them are unpacked. With an error the recording holds what was read before
// the fault.
func File(name string, data []byte) (Recording, error) {
	if len(data) > maxBytes {
		return Recording{}, ErrTooLarge
	}
	name, data, err := unpack(name, data, 2)
	if err != nil {
		return Recording{}, err
	}
	switch format(name, data) {
	case "fit":
		return readFIT(data)
	case "tcx":
		return readTCX(data)
	case "gpx":
		return readGPX(data)
	}
	return Recording{}, ErrUnknown
}

// Format says which format the bytes are in, "" when none that is read here.
// It does not look into .gz and .zip files.
func Format(data []byte) string { return format("", data) }

func format(name string, data []byte) string {
	if len(data) >= 12 && string(data[8:12]) == ".FIT" {
		return "fit"
	}
	head := data[:min(len(data), 4096)]
	switch {
	case bytes.Contains(head, []byte("<TrainingCenterDatabase")):
		return "tcx"
	case bytes.Contains(head, []byte("<gpx")):
		return "gpx"
	}
	switch ext := strings.ToLower(path.Ext(name)); ext {
	case ".fit", ".tcx", ".gpx":
		return ext[1:]
	}
	return ""
}
