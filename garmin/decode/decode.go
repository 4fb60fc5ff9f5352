// Package decode reads activities: FIT, TCX and GPX files, and the JSON in
// which Garmin Connect lists them. It turns bytes into store's words and is
// pure: it opens no file, asks no network and knows no clock. Whatever it is
// given, it ends, never panics, and says how far it got: what was readable
// before a fault is returned together with the fault.
//
// FIT files are read by one tolerant pass of our own over definition and data
// messages, which keeps the columns that are used and allocates nothing for a
// record: tormoder/fit refuses about one valid file in twenty (fields wider
// than its profile, chained files without a file_id, unknown file types) and
// takes more than ten times as long. It is asked only for a file out of which
// ours gets nothing, tells what the numbers of the FIT profile mean, and is the
// tests' writer and second opinion.
package decode

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strings"
)

// The limits within which a file is read.
const (
	maxBytes    = 64 << 20  // of a file once unpacked
	maxEntries  = 10_000    // of a zip file
	maxRecords  = 1_000_000 // track points of 32 bytes; 11 days at one a second
	maxSessions = 1_000
	maxLaps     = 100_000 // laps, and lengths and sets as many
	maxBeats    = 500_000 // heart rates that were sent apart from the records; 50 hours
	maxOwn      = 10_000  // descriptions of developer fields
	maxToken    = 1 << 20 // bytes of an XML tag or text
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

// File reads an activity file. The format is told by the bytes, and where
// these leave it open by the extension; .gz and .zip files with one activity
// in them are unpacked. With an error the recording holds what was read before
// the fault.
func File(name string, data []byte) (Recording, error) {
	if len(data) > maxBytes {
		return Recording{}, ErrTooLarge
	}
	name, data, fault, err := unpack(name, data, 2)
	if err != nil {
		return Recording{}, err
	}
	rec, err := read(name, data)
	if err == nil {
		err = fault
	}
	return rec, err
}

// errReader says that the reader itself failed: no file may bring that about,
// and none may bring down who reads it.
var errReader = fmt.Errorf("%w in a way that the reader does not know", ErrDamaged)

func read(name string, data []byte) (rec Recording, err error) {
	defer func() {
		if recover() != nil {
			rec, err = Recording{}, errReader
		}
	}()
	if len(data) == 0 {
		return Recording{}, fmt.Errorf("%w: it is empty", ErrUnknown)
	}
	switch format(name, data) {
	case "fit":
		return readFIT(data)
	case "tcx":
		return readTCX(data)
	case "gpx":
		return readGPX(data)
	case "kml":
		return Recording{Format: "kml"}, fmt.Errorf("%w: a KML file is made for drawing maps; its FIT, TCX or GPX file is what is read here", ErrNoActivity)
	}
	return Recording{}, ErrUnknown
}

// kept adds to what is wrong with a damaged file how much of it was read.
func kept(err error, points int) error {
	if !errors.Is(err, ErrDamaged) || points == 0 {
		return err
	}
	if points == 1 {
		return fmt.Errorf("%w; the one point before it is kept", err)
	}
	return fmt.Errorf("%w; the %d points before it are kept", err, points)
}

// Format says which format the bytes are in, "" when none that is known here:
// "fit", "tcx", "gpx", and "kml", which holds no activity. It does
// not look into .gz and .zip files.
func Format(data []byte) string { return format("", data) }

func format(name string, data []byte) string {
	if len(data) >= 12 && string(data[8:12]) == ".FIT" {
		return "fit"
	}
	switch root := strings.ToLower(rootOf(data)); root {
	case "trainingcenterdatabase":
		return "tcx"
	case "gpx", "kml":
		return root
	case "html": // a page that was saved in the place of a file
		return ""
	}
	switch ext := strings.ToLower(path.Ext(name)); ext {
	case ".tcx", ".gpx":
		if !bytes.Contains(data[:min(len(data), maxHead)], []byte("<")) {
			return ""
		}
		return ext[1:]
	case ".fit":
		return "fit"
	}
	return ""
}
