package garmintest

import (
	"encoding/json"
	"fmt"
	"time"
)

// Rows returns what the list tells of a member's training up to a moment,
// newest first, without a sign-in: for design work that needs plausible
// training and no network.
func (s *Server) Rows(email string, until time.Time) ([]json.RawMessage, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, err := s.find(email)
	if err != nil {
		return nil, err
	}
	var rows []json.RawMessage
	for _, w := range s.workouts(m, until) {
		row, err := json.Marshal(s.row(m, w))
		if err != nil {
			return nil, fmt.Errorf("row of %s: %w", m.Name, err)
		}
		rows = append(rows, row)
	}
	return rows, nil
}
