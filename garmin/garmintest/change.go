package garmintest

import (
	"errors"
	"strings"
)

// change does to each target's newest activity what a member can do: delete
// it, correct it, rename it. The file stays as it was recorded.
func (s *Server) change(targets []*member, words []string) error {
	if len(words) < 2 || words[1] != "last" {
		return errors.New(`garmintest: only "last" can be changed`)
	}
	name := strings.Join(words[2:], " ")
	if words[0] == "rename" && name == "" {
		return errors.New("garmintest: rename last to what?")
	}
	for _, m := range targets {
		seen := s.workouts(m, s.now())
		if len(seen) == 0 {
			return errors.New("garmintest: no activity to change")
		}
		s.changeOne(m, seen[0], words[0], name)
	}
	return nil
}

func (s *Server) changeOne(m *member, w *workout, what, name string) {
	if what == "delete" {
		w.deleted = true
		for _, l := range w.legs {
			l.deleted = true
		}
		return
	}
	if w.recorded == nil {
		before := *w
		w.recorded = &before
	}
	w.updated = s.now()
	if what == "rename" {
		w.name = name
		return
	}
	if w.distance > 0 {
		w.distance = round(w.distance*1.04, 2)
		w.topSpeed = round(w.topSpeed*1.04, 3)
		w.fastest()
		return
	}
	w.timer = round(w.timer*.9, 3)
	w.elapsed = max(w.elapsed*.9, w.timer)
}
