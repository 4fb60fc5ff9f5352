//go:build !linux

package control

import (
	"errors"
	"net"
	"syscall"
)

// shortcut knows no short name for a folder here.
func shortcut(folder string) (near string, release func(), err error) {
	return "", nil, errTooLong(folder)
}

// samePerson trusts the socket's mode here: only its owner may connect.
func samePerson(net.Conn) error { return nil }

// refused says whether nobody listens at a socket.
func refused(err error) bool {
	return errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.ENOENT)
}
