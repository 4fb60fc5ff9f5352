package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
)

// sink takes the one file that a command writes: under a name of its own until
// it is whole, so that what broke off leaves none. Only its owner may read it.
type sink struct {
	path string    // where it is to lie; empty is the name that it comes with; - is out
	out  io.Writer // standard output
	file *os.File  // while it is written
}

// Part takes a part of the file.
func (s *sink) Part(name string, data []byte, last bool) error {
	if s.path == "-" {
		_, err := s.out.Write(data)
		return err
	}
	if s.path == "" {
		s.path = filepath.Base(name)
	}
	if s.file == nil {
		file, err := os.CreateTemp(filepath.Dir(s.path), "."+filepath.Base(s.path)+".*") // 0600
		if err != nil {
			return err
		}
		s.file = file
	}
	if _, err := s.file.Write(data); err != nil || !last {
		return err
	}
	file := s.file
	s.file = nil
	err := errors.Join(file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), s.path)
	}
	if err != nil {
		err = errors.Join(err, os.Remove(file.Name()))
	}
	return err
}

// Close removes what is not whole.
func (s *sink) Close() error {
	if s.file == nil {
		return nil
	}
	file := s.file
	s.file = nil
	return errors.Join(file.Close(), os.Remove(file.Name()))
}
