package story

import (
	"os"
	"testing"
	"testing/synctest"
)

// Bubble runs f in a bubble of simulated time and ends the process with the
// code that f returns. The standard library opens such bubbles for tests only,
// so the process becomes a test binary of one test; f must not return into it,
// because that would print the test's verdict.
func Bubble(f func() int) {
	os.Args = os.Args[:1]
	testing.Main(func(_, _ string) (bool, error) { return true, nil },
		[]testing.InternalTest{{Name: "story", F: func(t *testing.T) {
			synctest.Test(t, func(*testing.T) { os.Exit(f()) })
		}}}, nil, nil)
}
