package storetest

import (
	"os"
	"syscall"
	"testing"
)

// roomy is how many bytes have to be free in memory before a test keeps its
// folder there.
const roomy = 512 << 20

// Folder returns a folder of the test's own, in memory where there is room: what
// a test writes need not outlive a fall of the machine.
func Folder(t testing.TB) string {
	t.Helper()
	var disk syscall.Statfs_t
	const memory = "/dev/shm"
	if err := syscall.Statfs(memory, &disk); err != nil || float64(disk.Bavail)*float64(disk.Bsize) < roomy {
		return t.TempDir()
	}
	dir, err := os.MkdirTemp(memory, "clubrun-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}
