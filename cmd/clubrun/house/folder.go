package house

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"clubrun/store"
	"clubrun/store/seal"
)

// ConfigError is a setting or a permission that the operator must change.
type ConfigError struct {
	Err  error
	Hint string // what to do, where the error itself does not say it
}

// Error returns what is wrong.
func (e *ConfigError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *ConfigError) Unwrap() error { return e.Err }

func makeFolder(path string) error {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return Unusable(path, err)
	}
	probe, err := os.CreateTemp(path, ".writable-*")
	if err != nil {
		return Unusable(path, err)
	}
	if err := errors.Join(probe.Close(), os.Remove(probe.Name())); err != nil {
		return Unusable(path, err)
	}
	return Usable(path)
}

// What the bot does with a file, as access(2) counts it.
const (
	enter = 1
	write = 2
	read  = 4
)

// Usable looks whether what already lies in the folder is ours: a folder that
// was copied by another user looks writable until the first file is opened.
func Usable(folder string) error {
	for _, f := range []struct {
		mode  uint32
		names []string
	}{
		{read, []string{"secret.key", "install.key", "clubrun.toml"}},
		{read | write, []string{
			"LOCK", "clubrun.db", "clubrun.db-wal", "clubrun.db-shm", "whatsapp.db", "whatsapp.db-wal", "whatsapp.db-shm",
		}},
		{read | write | enter, []string{"files", "backups"}},
	} {
		for _, name := range f.names {
			path := filepath.Join(folder, name)
			err := syscall.Access(path, f.mode)
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return Unusable(folder, &fs.PathError{Op: "use", Path: path, Err: err})
			}
		}
	}
	return nil
}

// Unusable says that the data folder, or something in it, may not be used by
// this user, and what to type.
func Unusable(folder string, cause error) *ConfigError {
	e := &ConfigError{Err: fmt.Errorf("data folder: %w", cause)}
	switch {
	case errors.Is(cause, syscall.EROFS):
		e.Hint = fmt.Sprintf("mount %s writable; everything else may be read-only", folder)
	case errors.Is(cause, fs.ErrPermission):
		user := fmt.Sprintf("%d:%d", os.Getuid(), os.Getgid())
		e.Err = fmt.Errorf("data folder %s is not for user %s: %w", folder, user, cause)
		e.Hint = fmt.Sprintf("sudo chown -R %s %s", user, folder)
		if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
			e.Hint = fmt.Sprintf("sudo install -d -m 700 -o %d -g %d %s", os.Getuid(), os.Getgid(), folder)
		}
		e.Hint += " (with a container: the folder of its host that is mounted there)"
	}
	return e
}

// MasterKey reads the key from the settings, or from its file in the data
// folder, which is made at first start.
func MasterKey(s Settings, secrets io.Reader) (seal.Key, error) {
	if text := s.Key.Reveal(); text != "" {
		key, err := seal.ParseKey(text)
		if err != nil {
			return seal.Key{}, &ConfigError{Err: fmt.Errorf("KEY: %w", err)}
		}
		return key, nil
	}
	path := filepath.Join(s.Data, "secret.key")
	if lost(path, filepath.Join(s.Data, "clubrun.db")) {
		return seal.Key{}, fmt.Errorf("%w: secret.key is not in %s", store.ErrWrongKey, s.Data)
	}
	key, err := seal.LoadOrCreate(path, secrets)
	if errors.Is(err, fs.ErrPermission) {
		return seal.Key{}, Unusable(s.Data, err)
	}
	if err != nil {
		return seal.Key{}, fmt.Errorf("secret key: %w", err)
	}
	return key, nil
}

// lost says that a key is gone whose database is there: a new key would open
// nothing, and lie where the old one is to be put back.
func lost(key, database string) bool {
	_, err := os.Stat(key)
	made, there := os.Stat(database)
	return errors.Is(err, fs.ErrNotExist) && there == nil && made.Size() > 0
}
