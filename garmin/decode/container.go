package decode

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"path"
	"strings"
)

// unpack takes the activity file out of .gz and .zip files, at most depth
// layers of them. A fault is what is wrong with a container out of which
// something came all the same.
func unpack(name string, data []byte, depth int) (inner string, out []byte, fault, err error) {
	for ; depth > 0; depth-- {
		var torn error
		switch {
		case bytes.HasPrefix(data, []byte{0x1f, 0x8b}):
			name, data, torn, err = gunzip(name, data)
		case bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06")):
			name, data, torn, err = unzip(data)
		default:
			return name, data, fault, nil
		}
		if err != nil {
			return "", nil, nil, err
		}
		if fault == nil {
			fault = torn
		}
	}
	return name, data, fault, nil
}

func gunzip(name string, data []byte) (inner string, out []byte, torn, err error) {
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return "", nil, nil, fmt.Errorf("%w: gzip: %v", ErrDamaged, err)
	}
	out, torn, err = readAll(r)
	if err != nil {
		return "", nil, nil, fmt.Errorf("gzip: %w", err)
	}
	if strings.EqualFold(path.Ext(name), ".gz") {
		name = name[:len(name)-len(".gz")]
	}
	return name, out, torn, nil
}

// unzip takes the activity file out of a zip: of several FIT files the one
// that is called …_ACTIVITY.fit, else the first.
func unzip(data []byte) (name string, out []byte, torn, err error) {
	if bytes.Count(data, []byte("PK\x01\x02")) > maxEntries {
		return "", nil, nil, fmt.Errorf("zip: %w", ErrTooLarge)
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", nil, nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	file := pick(archive.File)
	if file == nil {
		return "", nil, nil, fmt.Errorf("%w: no FIT, TCX or GPX file in the zip", ErrNoActivity)
	}
	if file.Flags&zipSealed != 0 {
		return "", nil, nil, fmt.Errorf("%w: the zip is sealed with a password", ErrUnknown)
	}
	r, err := file.Open()
	if err != nil {
		return "", nil, nil, fmt.Errorf("%w: zip: %v", ErrDamaged, err)
	}
	defer func() { _ = r.Close() }()
	out, torn, err = readAll(r)
	if err != nil {
		return "", nil, nil, fmt.Errorf("zip: %w", err)
	}
	return file.Name, out, torn, nil
}

// zipSealed is the flag of an entry that is encrypted.
const zipSealed = 0x1

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

// readAll inflates a file. What came before a fault is returned beside it.
func readAll(r io.Reader) (data []byte, torn, err error) {
	data, err = io.ReadAll(io.LimitReader(r, maxBytes+1))
	if len(data) > maxBytes {
		return nil, nil, ErrTooLarge
	}
	if err == nil {
		return data, nil, nil
	}
	torn = fmt.Errorf("%w: the archive: %v", ErrDamaged, err)
	if len(data) == 0 {
		return nil, nil, torn
	}
	return data, torn, nil
}
