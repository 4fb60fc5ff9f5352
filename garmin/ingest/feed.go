package ingest

import (
	"encoding/json"

	"clubrun/garmin/decode"
	"clubrun/store"
)

// Feed is a source under its name in store, by which the accounts and records
// of it are kept, and the way in which its list rows are read.
type Feed struct {
	Name   string
	Source Source
	Read   func(athlete int64, row json.RawMessage) (store.Activity, error)
	Hash   func(row json.RawMessage) string // of what changes only when somebody edits the activity
}

// feeds returns all sources, Garmin Connect first.
func (e *Engine) feeds() []Feed {
	return append([]Feed{{Name: garmin, Source: e.Source, Read: decode.Garmin, Hash: decode.StableHash}}, e.More...)
}

// sources names all sources of records.
func (e *Engine) sources() []string {
	names := []string{recorded, sent, typed, exported}
	for _, f := range e.feeds() {
		names = append(names, f.Name)
	}
	return names
}

// isFeed says whether accounts of that source can be synced.
func (e *Engine) isFeed(name string) bool {
	for _, f := range e.feeds() {
		if f.Name == name {
			return true
		}
	}
	return false
}
