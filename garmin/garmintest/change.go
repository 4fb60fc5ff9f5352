package garmintest

import (
	"errors"
	"fmt"
	"strings"
)

// change does to each target's newest activity what a member can do: delete
// it, correct it, rename it, trim it, call it another sport, or what the
// service does: forget its name and distance, or get it from a second device.
// The file stays as it was recorded.
func (s *Server) change(targets []*member, words []string) error {
	if len(words) < 2 || words[1] != "last" {
		return errors.New(`garmintest: only "last" can be changed`)
	}
	more := strings.Join(words[2:], " ")
	if (words[0] == "rename" || words[0] == "type") && more == "" {
		return fmt.Errorf("garmintest: %s last to what?", words[0])
	}
	for _, m := range targets {
		seen := s.workouts(m, s.now())
		if len(seen) == 0 {
			return errors.New("garmintest: no activity to change")
		}
		if words[0] == "duplicate" {
			if err := s.duplicate(m, seen[0]); err != nil {
				return err
			}
			continue
		}
		s.changeOne(seen[0], words[0], more)
	}
	return nil
}

func (s *Server) changeOne(w *workout, what, more string) {
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
	switch what {
	case "rename":
		w.name = more
	case "type":
		w.sport = w.sport.as(more)
	case "blank":
		w.blank = true
	case "trim":
		w.trimmed = true
		w.scale(.8, .8)
	case "edit":
		if w.distance > 0 {
			w.scale(1, 1.04)
			w.topSpeed = round(w.topSpeed*1.04, 3)
			return
		}
		w.timer = round(w.timer*.9, 3)
		w.elapsed = max(w.elapsed*.9, w.timer)
	}
}

// scale changes time and distance.
func (w *workout) scale(time, way float64) {
	if time != 1 {
		w.timer, w.moving, w.elapsed = round(w.timer*time, 3), round(w.moving*time, 3), round(w.elapsed*time, 3)
	}
	if w.distance > 0 {
		w.distance = round(w.distance*way, 2)
		w.fastest()
	}
}

// as is a sport under another key. One that is not in the table is new at the
// service, and no client has heard of it.
func (sp *sport) as(key string) *sport {
	if known, ok := sportOf(key); ok {
		return known
	}
	unheard := *sp
	unheard.key, unheard.id, unheard.parent = key, 9000+len(key), allTypes
	return &unheard
}

// title is the name where there must be one.
func (w *workout) title() string {
	if w.blank {
		return "Untitled"
	}
	return w.name
}

// named is the name as answers have it, null when the service lost it.
func (w *workout) named() any {
	if w.blank {
		return nil
	}
	return w.name
}
