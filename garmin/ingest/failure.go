package ingest

import "fmt"

// Failure is how the sync of one athlete failed.
type Failure struct {
	Athlete int64
	Err     error
}

// Error names the athlete by number, and the cause.
func (f *Failure) Error() string { return fmt.Sprintf("sync athlete %d: %v", f.Athlete, f.Err) }

// Unwrap returns the cause.
func (f *Failure) Unwrap() error { return f.Err }

// Failures returns the failures of single athletes that an error of All or Some
// joins, and the other errors that it joins.
func Failures(err error) (of []*Failure, other []error) {
	if err == nil {
		return nil, nil
	}
	if f, ok := err.(*Failure); ok { //nolint:errorlint // what wraps a failure is no failure
		return []*Failure{f}, nil
	}
	all, ok := err.(interface{ Unwrap() []error }) //nolint:errorlint // only what All itself joined
	if !ok {
		return nil, []error{err}
	}
	for _, one := range all.Unwrap() {
		some, rest := Failures(one)
		of, other = append(of, some...), append(other, rest...)
	}
	return of, other
}
