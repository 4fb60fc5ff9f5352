package control

import (
	"errors"
	"fmt"
	"net"
	"os"
	"syscall"
)

// shortcut names a folder by the number under which this process holds it
// open, which is short however deep the folder lies.
func shortcut(folder string) (near string, release func(), err error) {
	held, err := os.Open(folder)
	if err != nil {
		return "", nil, err
	}
	near = fmt.Sprintf("/proc/self/fd/%d", held.Fd())
	if _, err := os.Stat(near); err != nil {
		return "", nil, errors.Join(errTooLong(folder), held.Close())
	}
	return near, func() { _ = held.Close() }, nil
}

// samePerson refuses a client of another user; root is let in, who could do
// everything anyway. What is no Unix socket is a pipe in this process.
func samePerson(conn net.Conn) error {
	u, ok := conn.(*net.UnixConn)
	if !ok {
		return nil
	}
	raw, err := u.SyscallConn()
	if err != nil {
		return err
	}
	var peer *syscall.Ucred
	var asked error
	err = raw.Control(func(fd uintptr) {
		peer, asked = syscall.GetsockoptUcred(int(fd), syscall.SOL_SOCKET, syscall.SO_PEERCRED)
	})
	if err := errors.Join(err, asked); err != nil {
		return fmt.Errorf("who is at the control socket: %w", err)
	}
	return allowed(int(peer.Uid), os.Getuid())
}

func allowed(peer, own int) error {
	if peer != own && peer != 0 {
		return fmt.Errorf("user %d is at the control socket of user %d", peer, own)
	}
	return nil
}

// refused says whether nobody listens at a socket.
func refused(err error) bool {
	return errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.ENOENT)
}
