package house

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// ErrInUse says that another process works on the data folder.
var ErrInUse = errors.New("data folder is in use")

const (
	lockName = "LOCK"
	// A command that works on the database where no bot runs holds the lock for
	// a moment; nobody fails for that.
	lockPatience = 3 * time.Second
	lockPause    = 50 * time.Millisecond
)

// Lock keeps every other process off the data folder until it is closed. It is
// ErrInUse where somebody else holds it for more than a moment.
func Lock(folder string) (io.Closer, error) { return takeLock(folder) }

// takeLock takes the lock, which ends with the file.
func takeLock(folder string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(folder, lockName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	err = flock(f, syscall.LOCK_EX)
	for waited := time.Duration(0); err != nil && waited < lockPatience; waited += lockPause {
		time.Sleep(lockPause)
		err = flock(f, syscall.LOCK_EX)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%w by %s", ErrInUse, holder(f)), f.Close())
	}
	host, _ := os.Hostname()
	if err := f.Truncate(0); err != nil {
		return nil, errors.Join(fmt.Errorf("lock: %w", err), f.Close())
	}
	if _, err := fmt.Fprintf(f, "process %d on %s\n", os.Getpid(), host); err != nil {
		return nil, errors.Join(fmt.Errorf("lock: %w", err), f.Close())
	}
	return f, nil
}

// InUse is ErrInUse while somebody holds the lock of the data folder.
func InUse(folder string) error {
	f, err := os.Open(filepath.Join(folder, lockName))
	if err != nil {
		return nil //nolint:nilerr // nobody ever held it
	}
	defer func() { _ = f.Close() }()
	if flock(f, syscall.LOCK_SH) != nil {
		return fmt.Errorf("%w by %s", ErrInUse, holder(f))
	}
	return nil
}

func flock(f *os.File, how int) error { return syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB) }

// holder is who wrote into the lock.
func holder(f *os.File) string {
	text, _ := io.ReadAll(io.NewSectionReader(f, 0, 256))
	return strings.TrimSpace(string(text))
}
