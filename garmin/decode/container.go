package decode

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// unpack takes the activity file out of .gz and .zip files, at most depth
// layers of them.
func unpack(name string, data []byte, depth int) (string, []byte, error) {
	for ; depth > 0; depth-- {
		var err error
		switch {
		case bytes.HasPrefix(data, []byte{0x1f, 0x8b}):
			name, data, err = gunzip(name, data)
		case bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06")):
			name, data, err = unzip(data)
		default:
			return name, data, nil
		}
		if err != nil {
			return "", nil, err
		}
	}
	return name, data, nil
}

func gunzip(name string, data []byte) (string, []byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return "", nil, fmt.Errorf("%w: gzip: %v", ErrDamaged, err)
	}
	data, err = readAll(r)
	if err != nil {
		return "", nil, fmt.Errorf("gzip: %w", err)
	}
	if strings.EqualFold(path.Ext(name), ".gz") {
		name = name[:len(name)-len(".gz")]
	}
	return name, data, nil
}

// unzip takes the activity file out of a zip: of several FIT files the one
// that is called …_ACTIVITY.fit, else the first.
func unzip(data []byte) (string, []byte, error) {
	if bytes.Count(data, []byte("PK\x01\x02")) > maxEntries {
		return "", nil, fmt.Errorf("zip: %w", ErrTooLarge)
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", nil, fmt.Errorf("%w: zip: %v", ErrDamaged, err)
	}
	file := pick(archive.File)
	if file == nil {
		return "", nil, fmt.Errorf("zip: %w", ErrNoActivity)
	}
	r, err := file.Open()
	if err != nil {
		return "", nil, fmt.Errorf("%w: zip: %v", ErrDamaged, err)
	}
	defer func() { _ = r.Close() }()
	data, err = readAll(r)
	if err != nil {
		return "", nil, fmt.Errorf("zip: %w", err)
	}
	return file.Name, data, nil
}

func pick(files []*zip.File) (best *zip.File) {
	rank := 0
	for _, f := range files {
		if r := rankOf(f.Name); r > rank {
			best, rank = f, r
		}
	}
	return best
}

func rankOf(name string) int {
	name = strings.ToLower(path.Base(name))
	if strings.HasPrefix(name, ".") {
		return 0
	}
	switch {
	case strings.HasSuffix(name, "_activity.fit"):
		return 5
	case strings.HasSuffix(name, ".fit"):
		return 4
	case strings.HasSuffix(name, ".tcx"):
		return 3
	case strings.HasSuffix(name, ".gpx"):
		return 2
	case strings.HasSuffix(name, ".gz"):
		return 1
	}
	return 0
}

func readAll(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if len(data) > maxBytes {
		return nil, ErrTooLarge
	}
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	return data, nil
}
