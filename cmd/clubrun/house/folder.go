package house

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"clubrun/store/seal"
)

// ConfigError is a setting or a permission that the operator must change.
type ConfigError struct{ Err error }

// Error returns what is wrong and what to do.
func (e *ConfigError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *ConfigError) Unwrap() error { return e.Err }

// ErrInUse says that another process works on the data folder.
var ErrInUse = errors.New("data folder is in use")

func makeFolder(path string) error {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return &ConfigError{fmt.Errorf("data folder: %w", err)}
	}
	probe, err := os.CreateTemp(path, ".writable-*")
	if err != nil {
		return &ConfigError{fmt.Errorf("data folder %s cannot be written by user %d; on its host type: chown -R %d %s", path, os.Getuid(), os.Getuid(), path)}
	}
	return errors.Join(probe.Close(), os.Remove(probe.Name()))
}

// takeLock keeps a second process off the folder. The lock ends with the file.
func takeLock(folder string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(folder, "LOCK"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		holder, _ := io.ReadAll(f)
		return nil, errors.Join(fmt.Errorf("%w by %s", ErrInUse, strings.TrimSpace(string(holder))), f.Close())
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

// MasterKey reads the key from the settings, or from its file in the data
// folder, which is made at first start.
func MasterKey(s Settings, secrets io.Reader) (seal.Key, error) {
	if text := s.Key.Reveal(); text != "" {
		key, err := seal.ParseKey(text)
		if err != nil {
			return seal.Key{}, &ConfigError{fmt.Errorf("KEY: %w", err)}
		}
		return key, nil
	}
	key, err := seal.LoadOrCreate(filepath.Join(s.Data, "secret.key"), secrets)
	if err != nil {
		return seal.Key{}, fmt.Errorf("secret key: %w", err)
	}
	return key, nil
}
