package garmintest

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"time"
)

// recordedAt is how a disturbance names a moment: on the member's own clock.
const recordedAt = "2006-01-02T15:04"

// late adds an activity that the watch kept to itself until now: words are
// when it began by the local clock, its minutes and its type; one that was
// typed in has no device and no file.
func (s *Server) late(targets []*member, words []string) error {
	if len(words) < 2 {
		return fmt.Errorf("garmintest: %s when? Like %s 2026-09-01T07:30 45 running", words[0], words[0])
	}
	minutes, key := 45, "running"
	if len(words) > 2 {
		n, err := strconv.Atoi(words[2])
		if err != nil || n < 0 || n > 24*60 {
			return fmt.Errorf("garmintest: %q minutes", words[2])
		}
		minutes = n
	}
	if len(words) > 3 {
		key = words[3]
	}
	sp, ok := sportOf(key)
	if !ok {
		return fmt.Errorf("garmintest: no such type: %q", key)
	}
	for _, m := range targets {
		start, err := time.ParseInLocation(recordedAt, words[1], m.Zone)
		if err != nil {
			return fmt.Errorf("garmintest: %q is no moment like 2026-09-01T07:30", words[1])
		}
		s.extend(m, s.now())
		s.lateOne(m, sp, start.UTC(), float64(minutes)*60, words[0] == "typed")
	}
	return nil
}

func (s *Server) lateOne(m *member, sp *sport, start time.Time, seconds float64, typed bool) {
	w := &workout{sport: sp, place: m.plan.home, zone: m.Zone, start: start, effort: .5, device: m.body.watch, cadence: sp.cadence, manual: typed}
	d := digest(s.opts.Seed, "late", mailKey(m.Email), start.Unix(), sp.key, len(m.plan.all))
	w.key = binary.LittleEndian.Uint64(d[:8])
	w.name = title(w, "")
	if typed {
		w.name, w.device = sp.label, device{}
	}
	if sp.id == multisportType {
		w.name = w.place.name + " Triathlon"
		s.triathlon(m, w, 0, draw(s.opts.Seed, "late", w.key))
	} else {
		w.timer, w.elapsed, w.moving = seconds, seconds, seconds
		w.distance = sp.speed * m.body.ability * seconds
		if sp.power > 0 && !typed {
			w.power = sp.power
		}
		w.measure(m.body)
	}
	s.arrive(m, w)
}

// arrive adds an activity to what the service knows, now.
func (s *Server) arrive(m *member, w *workout) {
	w.uploaded, w.updated = s.now(), s.now()
	for _, l := range w.legs {
		l.uploaded, l.updated = w.uploaded, w.updated
	}
	s.number(m, w)
	m.plan.all = append(m.plan.all, w)
}

// duplicate adds the newest activity again, as a second device recorded it.
func (s *Server) duplicate(m *member, w *workout) error {
	if w.manual || len(w.legs) > 0 {
		return errors.New("garmintest: the newest activity is of no device's own")
	}
	t := s.twin(m, w.asRecorded(), draw(s.opts.Seed, "duplicate", w.id))
	t.recorded, t.deleted, t.file, t.told = nil, false, nil, nil
	s.arrive(m, t)
	return nil
}
