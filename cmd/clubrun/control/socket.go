package control

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"sync"
)

// Name is the socket's name in the data folder.
const Name = "control.sock"

const (
	// newName is no longer than Name, so that what fits for one fits for both.
	newName = "control.new"
	// addressLimit is how many bytes of a path the address of a Unix socket
	// holds: sockaddr_un has 108 with the zero at the end, on some systems 104.
	addressLimit = 103
)

// ErrAbsent says that no instance listens in the data folder.
var ErrAbsent = errors.New("no clubrun is running")

// Listen makes the socket in the data folder, for its owner only. The caller
// holds the folder's lock, so a socket that is there was left by an instance
// that is gone, and is replaced.
func Listen(ctx context.Context, folder string) (net.Listener, error) {
	if err := removeSocket(filepath.Join(folder, Name)); err != nil {
		return nil, err
	}
	if err := removeSocket(filepath.Join(folder, newName)); err != nil {
		return nil, err
	}
	l, err := listen(ctx, folder)
	if err != nil {
		return nil, fmt.Errorf("control socket: %w", err)
	}
	return l, nil
}

// listen binds under another name first: the socket appears with its mode.
func listen(ctx context.Context, folder string) (net.Listener, error) {
	near, release, err := nearby(folder)
	if err != nil {
		return nil, err
	}
	defer release()
	var conf net.ListenConfig
	l, err := conf.Listen(ctx, "unix", filepath.Join(near, newName))
	if err != nil {
		return nil, err
	}
	if u, ok := l.(*net.UnixListener); ok {
		u.SetUnlinkOnClose(false)
	}
	path := filepath.Join(folder, Name)
	err = os.Chmod(filepath.Join(folder, newName), 0o600)
	if err == nil {
		err = os.Rename(filepath.Join(folder, newName), path)
	}
	if err != nil {
		return nil, errors.Join(err, l.Close(), removeSocket(filepath.Join(folder, newName)))
	}
	return &socket{Listener: l, path: path}, nil
}

// removeSocket removes a socket, and nothing else.
func removeSocket(path string) error {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("control socket: %w", err)
	}
	if info.Mode().Type() != fs.ModeSocket {
		return fmt.Errorf("control socket: %s is there and is no socket; move it away", path)
	}
	return os.Remove(path)
}

// socket takes its file along when it is closed.
type socket struct {
	net.Listener
	path  string
	close sync.Once
}

// Close stops listening and removes the file. When it returns, that is done,
// whoever closed first: the file of the next instance is not taken for ours.
func (s *socket) Close() (err error) {
	s.close.Do(func() { err = errors.Join(s.Listener.Close(), removeSocket(s.path)) })
	return err
}

// Dial connects to the instance that listens in the data folder. Its error is
// ErrAbsent where there is none.
func Dial(ctx context.Context, folder string) (net.Conn, error) {
	if _, err := os.Lstat(filepath.Join(folder, Name)); errors.Is(err, fs.ErrNotExist) {
		return nil, ErrAbsent
	}
	near, release, err := nearby(folder)
	if err != nil {
		return nil, err
	}
	defer release()
	var d net.Dialer
	conn, err := d.DialContext(ctx, "unix", filepath.Join(near, Name))
	if refused(err) {
		return nil, ErrAbsent
	}
	if err != nil {
		return nil, fmt.Errorf("reach the running clubrun: %w", err)
	}
	return conn, nil
}

// nearby returns a path of the folder that is short enough for the address of
// a Unix socket, for use until release.
func nearby(folder string) (near string, release func(), err error) {
	if len(folder)+1+len(Name) <= addressLimit {
		return folder, func() {}, nil
	}
	return shortcut(folder)
}

// errTooLong tells the way out of a path that no address holds.
func errTooLong(folder string) error {
	return fmt.Errorf("%s has %d bytes, and a Unix socket's address holds %d: name the data folder by a shorter path, such as a symbolic link to it",
		filepath.Join(folder, Name), len(folder)+1+len(Name), addressLimit)
}
