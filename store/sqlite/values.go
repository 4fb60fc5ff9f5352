package sqlite

import (
	"fmt"
	"time"

	"clubrun/store"
)

// The fixed-width forms of times: text in this form sorts as time does.
const (
	stampLayout = "2006-01-02T15:04:05.000Z"
	wallLayout  = "2006-01-02T15:04:05.000"
)

// stamp is how a time is kept: UTC to the millisecond, NULL for the zero time.
func stamp(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format(stampLayout)
}

// instant reads what stamp wrote.
type instant struct{ to *time.Time }

// Scan implements sql.Scanner.
func (i instant) Scan(src any) error {
	text, ok := src.(string)
	if src == nil {
		*i.to = time.Time{}
		return nil
	}
	if !ok {
		return fmt.Errorf("time is kept as %T", src)
	}
	t, err := time.Parse(stampLayout, text)
	*i.to = t
	return err
}

// day reads what Day.String wrote.
type day struct{ to *store.Day }

// Scan implements sql.Scanner.
func (d day) Scan(src any) error {
	text, ok := src.(string)
	if !ok {
		return fmt.Errorf("day is kept as %T", src)
	}
	var err error
	*d.to, err = store.ParseDay(text)
	return err
}

// dayOr0 reads what nullDay wrote.
type dayOr0 struct{ to *store.Day }

// Scan implements sql.Scanner.
func (d dayOr0) Scan(src any) error {
	if src == nil {
		*d.to = 0
		return nil
	}
	return day(d).Scan(src)
}

// nullDay is how a day is kept that may be none: NULL for 0.
func nullDay(d store.Day) any {
	if d == 0 {
		return nil
	}
	return d.String()
}

// seconds reads a duration that is kept in seconds.
type seconds struct{ to *time.Duration }

// Scan implements sql.Scanner.
func (s seconds) Scan(src any) error {
	value, ok := src.(float64)
	if !ok {
		return fmt.Errorf("duration is kept as %T", src)
	}
	*s.to = time.Duration(value*1e6+0.5) * time.Microsecond
	return nil
}

// blob keeps an absent value as an empty one.
func blob(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// either returns the first value that is not its type's zero.
func either[T comparable](a, b T) T {
	var zero T
	if a != zero {
		return a
	}
	return b
}

// moment returns t, or now where t is zero.
func moment(t, now time.Time) time.Time {
	if t.IsZero() {
		return now
	}
	return t
}
