package control

import "testing"

func TestOnlyTheSameUserAndRootMayCommand(t *testing.T) {
	for peer, want := range map[int]bool{1000: true, 0: true, 1001: false, 65534: false} {
		if got := allowed(peer, 1000) == nil; got != want {
			t.Errorf("user %d: %v", peer, got)
		}
	}
}
