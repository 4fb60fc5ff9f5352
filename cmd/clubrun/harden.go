package main

import (
	"fmt"
	"os"
	"runtime/debug"
	"syscall"
)

// harden keeps memory, which holds passwords for a while, off the disk and the
// terminal when the process dies: no core file, and of a panic the stack of
// one goroutine only. SQLite works in the data folder, not in a small /tmp.
func harden(data string) error {
	debug.SetTraceback("single")
	if err := syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{}); err != nil {
		return fmt.Errorf("forbid core files: %w", err)
	}

	return os.Setenv("SQLITE_TMPDIR", data)
}
