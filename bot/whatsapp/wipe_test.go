package whatsapp_test

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"clubrun/store"
)

// onDisk says whether a text stands in whatsapp.db or in a file beside it.
func (w *world) onDisk(text string) bool {
	w.t.Helper()
	for _, suffix := range []string{"", "-wal", "-shm"} {
		data, err := os.ReadFile(w.path + suffix)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			w.t.Fatal(err)
		}
		if bytes.Contains(data, []byte(text)) {
			return true
		}
	}
	return false
}

func TestWhatWasReceivedLeavesTheDiskAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		_, end := w.life()
		defer end()
		time.Sleep(time.Second)                          // what came while the device was linked has been wiped
		w.say("", strings.Repeat("hunter2-canary ", 60)) // long ones leave traces where nothing overwrites them
		if w.onDisk("hunter2-canary") {
			t.Error("the text is on the disk after it was handled")
		}
		w.say("", "hunter3-canary") // within the pause after the last wipe
		w.say(store.Chat("group"), "hunter4-canary")
		time.Sleep(time.Second)
		synctest.Wait()
		if w.onDisk("hunter3-canary") || w.onDisk("hunter4-canary") {
			t.Error("a text is on the disk a second after it was handled")
		}
	})
}

func TestWhatCouldNotBeStoredIsOnTheDiskUntilItIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		_, end := w.life()
		defer end()
		w.inbox.failWith(errors.New("disk full"))
		w.say("", "hunter2-canary")
		if !w.onDisk("hunter2-canary") {
			t.Error("a text that must be handled again is nowhere")
		}
		w.inbox.failWith(nil)
		time.Sleep(time.Minute)
		synctest.Wait()
		if w.onDisk("hunter2-canary") {
			t.Error("the text is on the disk after it was handled the second time")
		}
	})
}

func TestOnlyTheOwnerReadsTheDevicesKeys(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		if err := os.WriteFile(w.path, nil, 0o644); err != nil { // as others made it
			t.Fatal(err)
		}
		_, end := w.life()
		defer end()
		for _, suffix := range []string{"", "-wal", "-shm"} {
			info, err := os.Stat(w.path + suffix)
			if err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%q: %v, %v", suffix, info.Mode(), err)
			}
		}
	})
}
