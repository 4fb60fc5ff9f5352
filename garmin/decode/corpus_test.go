package decode

import (
	"encoding/csv"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

const corpus = "../../../shared/corpus"

// corpusExceptions are the files of which we say something else than the
// reference, with the reason. Each must be needed.
var corpusExceptions = map[string]string{
	"gpx/go-gpx__ashland.gpx":         "its times run backwards: we begin at the first point and never end before it, the reference takes the earliest and gets a negative time",
	"tcx/gpsbabel__gtrnctr-lap_s.tcx": "its average heart rate is 255, by which devices say that they have none",
}

// TestCorpusAgreesWithOtherDecoders holds the reader against values on which
// independent decoders agree, for real files of many makers. No file that is
// whole may be refused, and none that is damaged may be taken for whole.
func TestCorpusAgreesWithOtherDecoders(t *testing.T) {
	all, needed := 0, 0
	for _, row := range corpusTable(t, "REFERENCE.tsv") {
		if row["sessions"] == "0" || row["records"]+row["start_utc"]+row["elapsed_s"] == "00" {
			checkNoSession(t, row)
			continue
		}
		all++
		faults := compare(t, row)
		why, excepted := corpusExceptions[row["file"]]
		switch {
		case excepted && len(faults) > 0:
			needed++
			t.Logf("%s: %s (%s)", row["file"], strings.Join(faults, "; "), why)
		case len(faults) > 0:
			t.Errorf("%s: %s", row["file"], strings.Join(faults, "; "))
		}
	}
	t.Logf("%d files with sessions, %d of them excepted", all, needed)
	if needed != len(corpusExceptions) {
		t.Errorf("%d of %d exceptions are needed", needed, len(corpusExceptions))
	}
}

// sendsZero are files with heart rates of 0, which the reference counts and we
// take for none.
var sendsZero = map[string]bool{
	"fit/Fit-File-Faker__mywhoosh_20260111.fit": true, "fit/elevate__flagged-speed.fit": true,
	"fit/python-fitparse__nick.fit": true, "fit/tormoder__0134902991.fit": true,
}

// TestCorpusTracksMatchTheirCounts: a track has as many moments, places, heart
// rates and powers as the reference counts.
func TestCorpusTracksMatchTheirCounts(t *testing.T) {
	for _, row := range corpusTable(t, "REFERENCE.tsv") {
		if !strings.HasPrefix(row["file"], "fit/") || row["type"] != "activity" {
			continue
		}
		rec, _ := File(row["file"], corpusFile(t, row["file"]))
		var places, hearts, powers int
		for _, s := range rec.Sessions {
			for _, p := range s.points {
				places += btoi(p.lat != noPlace && p.lon != noPlace)
				hearts += btoi(p.heart != 0)
				powers += btoi(p.power != noPower)
			}
		}
		var f faults
		f.near("places", row["gps_points"], float64(places), 0)
		if want, _ := strconv.Atoi(row["power_points"]); powers < want { // developer fields and straps give us more
			f.near("powers", row["power_points"], float64(powers), 0)
		}
		if want, _ := strconv.Atoi(row["hr_points"]); hearts < want && !sendsZero[row["file"]] {
			f.near("heart rates", row["hr_points"], float64(hearts), 0)
		}
		if len(f) > 0 {
			t.Errorf("%s: %s", row["file"], strings.Join(f, "; "))
		}
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// TestCorpusZonesAreAsTheDeviceCounted holds our own count of a zone's seconds
// against the device's, where a file has both.
func TestCorpusZonesAreAsTheDeviceCounted(t *testing.T) {
	compared := 0
	for _, row := range corpusTable(t, "REFERENCE.tsv") {
		rec, _ := File(row["file"], corpusFile(t, row["file"]))
		for _, s := range rec.Sessions {
			// In a pool a device counts while somebody swims. One triathlon
			// has other zones for each of its sports.
			if !s.Knows(HasZones) || s.Heart.Zones[0] == 0 || s.Sport == "swimming" || strings.Contains(row["file"], "4623204522") {
				continue
			}
			theirs, _ := s.Zones()
			s.Known &^= HasZones
			mine, _ := s.Zones()
			compared++
			for i, want := range theirs {
				if math.Abs(mine[i]-want) > max(15, want/50) {
					t.Errorf("%s: zone %d %.0f s, device %.0f", row["file"], i+1, mine[i], want)
				}
			}
		}
	}
	t.Logf("%d sessions compared", compared)
}

// TestCorpusLegsOfMultisport holds each leg against the reference.
func TestCorpusLegsOfMultisport(t *testing.T) {
	for _, row := range corpusTable(t, "SESSIONS.tsv") {
		rec, err := File(row["file"], corpusFile(t, row["file"]))
		n, _ := strconv.Atoi(row["n"])
		if err != nil || n >= len(rec.Sessions) {
			t.Errorf("%s: leg %d of %d: %v", row["file"], n, len(rec.Sessions), err)
			continue
		}
		s := rec.Sessions[n]
		var f faults
		f.same("sport", wantSport(row["sport"]), s.Sport)
		f.same("sub sport", wantSport(row["sub_sport"]), s.SubSport)
		f.same("start", row["start_utc"], startText(s.Start))
		f.near("elapsed", row["elapsed_s"], s.Elapsed.Seconds(), 0.01)
		f.near("timer", row["timer_s"], s.Timer.Seconds(), 0.01)
		f.near("distance", row["distance_m"], s.Distance, 0.01)
		f.near("calories", row["calories"], s.Calories, 0)
		f.near("heart rate", strings.Replace(row["avg_hr"], "-1", "", 1), s.AvgHR, 0)
		if len(f) > 0 {
			t.Errorf("%s leg %d: %s", row["file"], n, strings.Join(f, "; "))
		}
	}
}

func checkNoSession(t *testing.T, row map[string]string) {
	t.Helper()
	rec, err := File(row["file"], corpusFile(t, row["file"]))
	records, _ := strconv.Atoi(row["records"])
	if records > 0 && (row["type"] == "activity") {
		if len(rec.Sessions) != 1 || rec.Sessions[0].Records != records {
			t.Errorf("%s: salvaged %v, want a session of %d records", row["file"], rec.Sessions, records)
		}
		return
	}
	if err == nil || len(rec.Sessions) > 0 {
		t.Errorf("%s: sessions %v from a file without", row["file"], rec.Sessions)
	}
}

func compare(t *testing.T, row map[string]string) []string {
	t.Helper()
	rec, err := File(row["file"], corpusFile(t, row["file"]))
	var f faults
	if len(rec.Sessions) == 0 {
		return []string{fmt.Sprint("no session: ", err)}
	}
	if err != nil && row["garmin_integrity"] == "True" {
		f = append(f, err.Error())
	}
	var sum Session
	var sports []string
	var first, last time.Time
	for _, s := range rec.Sessions {
		sum.Elapsed, sum.Timer, sum.Distance = sum.Elapsed+s.Elapsed, sum.Timer+s.Timer, sum.Distance+s.Distance
		sum.Calories, sum.Records, sum.Laps = sum.Calories+s.Calories, sum.Records+s.Records, sum.Laps+s.Laps
		sum.Known |= s.Known
		sports = append(sports, s.Sport+"/"+strings.TrimPrefix(s.SubSport, "generic"))
		if first.IsZero() || !s.Start.IsZero() && s.Start.Before(first) {
			first = s.Start
		}
		if end := s.Start.Add(s.Elapsed); end.After(last) {
			last = end
		}
	}
	if rec.Format != "fit" && len(rec.Sessions) > 1 {
		// The reference has the span of all of them, and all laps' heart rate.
		sum.Elapsed, row["avg_hr_first_session"] = last.Sub(first), ""
	}
	if rec.Format == "gpx" {
		sports = sports[:1]
	}
	f.same("sport", wantSports(row["sport"]), strings.Join(sports, ";"))
	f.same("start", row["start_utc"], startText(first))
	f.near("distance", row["total_distance_m"], sum.Distance, 0.01)
	spare := 0.05
	if rec.Format == "gpx" {
		spare = 1 // the reference has a GPX file's times cut to whole seconds
	}
	f.near("elapsed", row["elapsed_s"], sum.Elapsed.Seconds(), spare)
	f.near("timer", row["timer_s"], sum.Timer.Seconds(), 0.05)
	f.near("calories", row["calories"], sum.Calories, 0.5)
	if rec.Format != "gpx" {
		f.near("heart rate", strings.Replace(row["avg_hr_first_session"], "-1", "", 1), rec.Sessions[0].AvgHR, 1)
	}
	f.near("records", row["records"], float64(sum.Records), 0)
	f.near("laps", row["laps"], float64(sum.Laps), 0)
	f.near("sessions", row["sessions"], float64(len(rec.Sessions)), 0)
	return f
}

// faults are the differences from a reference; an empty value in it says
// nothing.
type faults []string

func (f *faults) same(what, want, got string) {
	if want != got {
		*f = append(*f, fmt.Sprintf("%s %q, want %q", what, got, want))
	}
}

func (f *faults) near(what, want string, got, tolerance float64) {
	w, err := strconv.ParseFloat(want, 64)
	if err == nil && math.Abs(got-w) > tolerance+1e-9 {
		*f = append(*f, fmt.Sprintf("%s %v, want %v", what, got, w))
	}
}

func startText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Truncate(time.Second).Format(time.RFC3339)
}

func wantSports(all string) string {
	var out []string
	for one := range strings.SplitSeq(all, ";") {
		switch one {
		case "17":
			one = "cycling/virtual_activity"
		case "road_biking":
			one = "cycling/road"
		}
		sport, sub, _ := strings.Cut(one, "/")
		out = append(out, wantSport(sport)+"/"+wantSport(sub))
	}
	return strings.Join(out, ";")
}

// wantSport translates the reference's spelling.
func wantSport(name string) string {
	switch name {
	case "255", "unknown":
		return ""
	case "Biking", "Ride", "1":
		return "cycling"
	case "Other":
		return "generic"
	case "9":
		return "running"
	case "16":
		return "swimming"
	}
	return snake(name)
}

func corpusTable(t testing.TB, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(corpus, name))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("the corpus of real files is not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	lines, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, value := range line {
			row[lines[0][i]] = value
		}
		rows = append(rows, row)
	}
	return rows
}

func corpusFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(corpus, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func hasCorpus() bool {
	_, err := os.Stat(filepath.Join(corpus, "REFERENCE.tsv"))
	return err == nil
}
