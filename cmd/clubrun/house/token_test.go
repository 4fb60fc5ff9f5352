package house

import (
	"strings"
	"testing"
)

func TestAMetricsTokenThatCanBeGuessedIsRefused(t *testing.T) {
	s := Defaults()
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	s.MetricsToken = "0123456789abcde"
	if err := s.Check(); err == nil || !strings.Contains(err.Error(), "METRICS_TOKEN") || strings.Contains(err.Error(), "0123") {
		t.Error(err)
	}
	s.MetricsToken += "f"
	if err := s.Check(); err != nil {
		t.Error(err)
	}
}
