package garmintest

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/tormoder/fit"
)

// ErrUnread says that a file is not one of those that the simulation itself can
// read.
var ErrUnread = errors.New("not a FIT activity that the simulation reads by itself")

// Upload adds a FIT file to a member's account, as a device that was found
// again would: the activity has the file's date and appears at once. ErrUnread
// says that UploadAs is the way for it.
func (s *Server) Upload(email string, file []byte) error { return s.UploadAs(email, file, file) }

// UploadAs is Upload for a file of any format: what it tells comes as FIT
// beside it, and the file itself comes back when the original is asked for.
func (s *Server) UploadAs(email string, file, told []byte) error {
	decoded, err := fit.Decode(bytes.NewReader(told))
	if err != nil {
		return fmt.Errorf("garmintest: upload: %w: %w", ErrUnread, err)
	}
	a, err := decoded.Activity()
	if err != nil {
		return fmt.Errorf("garmintest: upload: %w: %w", ErrUnread, err)
	}
	if len(a.Sessions) == 0 || a.Sessions[0].StartTime.IsZero() {
		return fmt.Errorf("garmintest: upload: %w: a file without a session", ErrUnread)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	m, err := s.find(email)
	if err != nil {
		return err
	}
	s.extend(m, s.now())
	for _, w := range m.plan.all {
		if !w.deleted && bytes.Equal(w.file, file) {
			return errors.New("garmintest: upload: duplicate activity")
		}
	}
	w := s.fromFIT(m, decoded, a)
	w.file, w.told = bytes.Clone(file), bytes.Clone(told)
	d := digest(s.opts.Seed, "upload", mailKey(email), string(file))
	w.key = binary.LittleEndian.Uint64(d[:8])
	w.uploaded, w.updated = s.now(), s.now()
	s.number(m, w)
	m.plan.all = append(m.plan.all, w)
	return nil
}

// format is the ending of an uploaded file, by its bytes.
func format(file []byte) string {
	head := bytes.ToLower(file[:min(len(file), 1024)])
	switch {
	case bytes.Contains(head, []byte("<gpx")):
		return "gpx"
	case bytes.Contains(head, []byte("<trainingcenterdatabase")):
		return "tcx"
	}
	return "fit"
}

// fromFIT reads the figures that the service shows of an uploaded file.
func (s *Server) fromFIT(m *member, f *fit.File, a *fit.ActivityFile) *workout {
	se := a.Sessions[0]
	w := &workout{sport: sportOfFIT(se.Sport, se.SubSport), place: m.plan.home, zone: m.Zone, start: se.StartTime.UTC(), effort: .5}
	w.timer, w.elapsed = known(se.GetTotalTimerTimeScaled()), known(se.GetTotalElapsedTimeScaled())
	w.elapsed = max(w.elapsed, w.timer)
	w.distance = known(se.GetTotalDistanceScaled())
	w.moving = known(se.GetTotalMovingTimeScaled())
	if w.moving == 0 && w.distance > 0 {
		w.moving = w.timer
	}
	if se.TotalAscent != math.MaxUint16 {
		w.climb, w.hills = float64(se.TotalAscent), 1
	}
	if !se.StartPositionLat.Invalid() && !se.StartPositionLong.Invalid() {
		w.place.lat, w.place.lon = se.StartPositionLat.Degrees(), se.StartPositionLong.Degrees()
	}
	w.device = device{id: int64(f.FileId.SerialNumber), product: f.FileId.Product, name: "Uploaded", key: "uploaded", maker: maker(f.FileId.Manufacturer)}
	w.name = title(w, "")
	w.laps = max(1, len(a.Laps))
	if w.distance > 0 {
		w.topSpeed = round(w.speed()*1.28, 3)
		w.fastest()
	}
	if se.TotalCalories != math.MaxUint16 {
		w.calories = float64(se.TotalCalories)
	}
	w.heartOfRecords(m.body, a.Records)
	return w
}

// heartOfRecords sums up the heart rates of a file.
func (w *workout) heartOfRecords(b body, records []*fit.RecordMsg) {
	var sum, n float64
	for _, r := range records {
		if r.HeartRate == math.MaxUint8 || r.HeartRate == 0 {
			continue
		}
		bpm := float64(r.HeartRate)
		if n == 0 {
			w.minHR = bpm
		}
		sum, n = sum+bpm, n+1
		w.maxHR, w.minHR = max(w.maxHR, bpm), min(w.minHR, bpm)
		if z := b.zone(bpm); z > 0 {
			w.zones[z-1]++
		}
	}
	if n == 0 {
		return
	}
	w.avgHR = math.Round(sum / n)
	for i := range w.zones {
		w.zones[i] = round(w.zones[i]*w.timer/n, 3)
	}
	w.moderate = int(math.Round((.6*w.zones[1] + .5*w.zones[2]) / 60))
	w.vigorous = int(math.Round((.5*w.zones[2] + w.zones[3] + w.zones[4]) / 60))
}

func known(x float64) float64 {
	if math.IsNaN(x) || x < 0 {
		return 0
	}
	return round(x, 3)
}

func maker(m fit.Manufacturer) string {
	switch m {
	case fit.ManufacturerGarmin:
		return "GARMIN"
	case fit.ManufacturerZwift:
		return "ZWIFT"
	case fit.ManufacturerWahooFitness:
		return "WAHOO_FITNESS"
	}
	return "DEVELOPMENT"
}

// sportOfFIT finds the type that fits best: sport and kind, or the sport's
// most general type.
func sportOfFIT(sp fit.Sport, sub fit.SubSport) *sport {
	var general *sport
	for i := range sports {
		if sports[i].fit != sp {
			continue
		}
		if sports[i].sub == sub {
			return &sports[i]
		}
		if general == nil {
			general = &sports[i]
		}
	}
	if general == nil {
		general = &sports[len(sports)-1]
	}
	return general
}
