package seal

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// KeySize is the length of a key in bytes.
const KeySize = 32

// Key is a secret key of 32 random bytes. It prints as "[key]".
type Key [KeySize]byte

const redacted = "[key]"

// String hides the key.
func (Key) String() string { return redacted }

// GoString hides the key from %#v.
func (Key) GoString() string { return redacted }

// Format hides the key from every verb.
func (Key) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(redacted)) }

// MarshalText hides the key from JSON and other encoders.
func (Key) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// ParseKey reads a key from base64, with or without padding, in the ordinary
// or the URL alphabet. Its errors do not repeat the text.
func ParseKey(text string) (Key, error) {
	text = strings.TrimRight(strings.TrimSpace(text), "=")
	text = strings.NewReplacer("-", "+", "_", "/").Replace(text)
	raw, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return Key{}, errors.New("key is not base64")
	}
	if len(raw) != KeySize {
		return Key{}, fmt.Errorf("key has %d bytes instead of %d", len(raw), KeySize)
	}
	return Key(raw), nil
}

// Load reads the key file at path.
func Load(path string) (Key, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return Key{}, fmt.Errorf("key file: %w", err)
	}
	key, err := ParseKey(string(text))
	if err != nil {
		return Key{}, fmt.Errorf("key file %s: %w", path, err)
	}
	return key, nil
}

// LoadOrCreate reads the key file at path, or makes it from rand where there
// is none: readable by its owner only, complete or not there at all. Of two
// that create it at the same moment both get the same key. A file that is no
// key is an error and stays as it is.
func LoadOrCreate(path string, rand io.Reader) (Key, error) {
	key, err := Load(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	if _, err := io.ReadFull(rand, key[:]); err != nil {
		return Key{}, fmt.Errorf("make key: %w", err)
	}
	err = create(path, base64.StdEncoding.EncodeToString(key[:])+"\n")
	if errors.Is(err, fs.ErrExist) {
		return Load(path)
	}
	if err != nil {
		return Key{}, fmt.Errorf("key file %s: %w", path, err)
	}
	return key, nil
}

// create makes a file that appears with its whole content, and never replaces
// one: a synced temporary file is linked to its name.
func create(path, content string) error {
	dir := filepath.Dir(path)
	tmp, err := os.CreateTemp(dir, ".key-*") // created 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(tmp.Name()) }()
	_, err = tmp.WriteString(content)
	if err := errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	if err := place(tmp.Name(), path); err != nil {
		return err
	}
	return syncDir(dir)
}

// place gives the file its name. A file system without hard links gets a
// rename, which only one program at a time may do.
func place(tmp, path string) error {
	err := os.Link(tmp, path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	if _, err := os.Lstat(path); err == nil {
		return fs.ErrExist
	}
	return os.Rename(tmp, path)
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
