package house

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/rs/zerolog"
)

// mostKept is how many lines a ring keeps.
const mostKept = 200

// Ring keeps the latest warnings and errors of a log, in memory only, as the
// redactor let them through. It is safe for many callers.
type Ring struct {
	mu    sync.Mutex
	lines []LogLine
	last  uint64        // number of the newest line
	more  chan struct{} // closed when a line comes; nil while nobody waits
}

// LogLine is a line of the log without secrets and people.
type LogLine struct {
	Number uint64 // from 1, in their order
	At     time.Time
	Level  zerolog.Level
	Cause  string          // correlation id of what it belongs to; may be empty
	Text   string          // what happened, and the fields behind it
	JSON   json.RawMessage // all of it
}

// keep keeps a line of JSON that the redactor has written.
func (r *Ring) keep(level zerolog.Level, line []byte) {
	if level < zerolog.WarnLevel || level > zerolog.PanicLevel {
		return
	}
	one := readLine(line)
	one.Level = level
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last++
	one.Number = r.last
	if len(r.lines) == mostKept {
		r.lines = slices.Delete(r.lines, 0, 1)
	}
	r.lines = append(r.lines, one)
	if r.more != nil {
		close(r.more)
		r.more = nil
	}
}

// Last returns the newest lines, at most n of them, the newest last.
func (r *Ring) Last(n int) []LogLine {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.lines[max(0, len(r.lines)-max(n, 0)):])
}

// After returns the lines behind the one with a number, and what is closed
// when there are more.
func (r *Ring) After(number uint64) (lines []LogLine, more <-chan struct{}) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, l := range r.lines {
		if l.Number > number {
			lines = append(lines, l)
		}
	}
	if r.more == nil {
		r.more = make(chan struct{})
	}
	return lines, r.more
}

// readLine takes a line of the log apart.
func readLine(line []byte) LogLine {
	l := LogLine{JSON: slices.Clone(bytes.TrimSpace(line))}
	var fields map[string]any
	if json.Unmarshal(line, &fields) != nil {
		l.Text = string(line)
		return l
	}
	take := func(key string) string {
		value, _ := fields[key].(string)
		delete(fields, key)
		return value
	}
	l.At, _ = time.Parse(time.RFC3339, take(zerolog.TimestampFieldName))
	take(zerolog.LevelFieldName)
	take("stack") // of a panic: as long as a page
	l.Cause, l.Text = take("cause"), take(zerolog.MessageFieldName)
	if why := take(zerolog.ErrorFieldName); why != "" {
		l.Text += ": " + strings.ReplaceAll(why, `\n`, "; ") // of several at once
	}
	var rest []string
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		rest = append(rest, fmt.Sprintf("%s=%v", key, fields[key]))
	}
	if len(rest) > 0 {
		l.Text += " (" + strings.Join(rest, ", ") + ")"
	}
	return l
}
