package main

import (
	"archive/zip"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"clubrun/cmd/clubrun/control"
)

// The limits of what is read for an import.
const (
	feedFile    = 64 << 20 // bytes of one file, unpacked
	feedArchive = 8 << 30  // bytes of an archive in an archive, unpacked
	feedEntries = 500_000  // of an archive
	feedDepth   = 3        // archives in archives
)

// feed reads the files that a command line names, one after another, without
// holding more than one: files, folders with all below them, and zip archives,
// also in each other. It reads nothing that the command line does not name.
type feed struct {
	named []string
	from  string // the name that is being read
	stack []level
}

// level is one folder or archive that is being read: next returns the next
// file or a level in it, io.EOF at the end.
type level struct {
	next  func() (control.Given, *level, error)
	close func() error
}

// next returns the next file under a name of the command line, io.EOF when
// there are no more.
func (f *feed) next(name string) (control.Given, error) {
	if !slices.Contains(f.named, name) {
		return control.Given{}, control.ErrNoFiles
	}
	if f.from != name {
		if err := f.Close(); err != nil {
			return control.Given{}, err
		}
		f.from, f.stack = name, []level{namedLevel(name)}
	}
	for len(f.stack) > 0 {
		top := f.stack[len(f.stack)-1]
		given, deeper, err := top.next()
		switch {
		case errors.Is(err, io.EOF):
			f.stack = f.stack[:len(f.stack)-1]
			if err := top.close(); err != nil {
				return control.Given{}, err
			}
		case deeper != nil && len(f.stack) >= feedDepth+2:
			return control.Given{Name: given.Name, Reason: "archives are nested too deeply"}, deeper.close()
		case deeper != nil:
			f.stack = append(f.stack, *deeper)
		case err != nil:
			return control.Given{Name: given.Name, Reason: inspectCause(err).Error()}, nil
		default:
			return given, nil
		}
	}
	return control.Given{}, io.EOF
}

// Close closes what is open.
func (f *feed) Close() error {
	var errs []error
	for _, l := range slices.Backward(f.stack) {
		errs = append(errs, l.close())
	}
	f.from, f.stack = "", nil
	return errors.Join(errs...)
}

func nothing() error { return nil }

// namedLevel is what a name of the command line stands for.
func namedLevel(name string) level {
	given := false
	return level{close: nothing, next: func() (control.Given, *level, error) {
		if given {
			return control.Given{}, nil, io.EOF
		}
		given = true
		info, err := os.Stat(name)
		if err != nil {
			return control.Given{Name: name}, nil, err
		}
		if info.IsDir() {
			return folderLevel(name)
		}
		return pathLevel(name)
	}}
}

// pathLevel is a file, or the archive that it is.
func pathLevel(name string) (control.Given, *level, error) {
	if isZip(name) {
		archive, err := zip.OpenReader(name)
		if err != nil {
			return control.Given{Name: name}, nil, err
		}
		return archiveLevel(name, &archive.Reader, archive.Close)
	}
	f, err := os.Open(name)
	if err != nil {
		return control.Given{Name: name}, nil, err
	}
	defer func() { _ = f.Close() }()
	data, err := contents(name, f)
	return control.Given{Name: name, Data: data}, nil, err
}

// folderLevel reads a folder and those below it, in the order of their names.
func folderLevel(name string) (control.Given, *level, error) {
	var files []string
	err := filepath.WalkDir(name, func(at string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if hidden(at) && at != name {
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		if d.Type().IsRegular() && taken(at) {
			files = append(files, at)
		}
		return nil
	})
	if err != nil {
		return control.Given{Name: name}, nil, err
	}
	return control.Given{Name: name}, &level{close: nothing, next: func() (control.Given, *level, error) {
		if len(files) == 0 {
			return control.Given{}, nil, io.EOF
		}
		one := files[0]
		files = files[1:]
		return pathLevel(one)
	}}, nil
}

// archiveLevel reads what an archive holds.
func archiveLevel(name string, z *zip.Reader, closed func() error) (control.Given, *level, error) {
	if len(z.File) > feedEntries {
		return control.Given{Name: name}, nil, errors.Join(errors.New("zip: too many files in it"), closed())
	}
	left := z.File
	return control.Given{Name: name}, &level{close: closed, next: func() (control.Given, *level, error) {
		for len(left) > 0 {
			one := left[0]
			left = left[1:]
			if one.FileInfo().IsDir() || hidden(one.Name) || strings.HasPrefix(one.Name, "__MACOSX/") || !taken(one.Name) {
				continue
			}
			return entryLevel(name+"/"+one.Name, one)
		}
		return control.Given{}, nil, io.EOF
	}}, nil
}

// entryLevel is a file of an archive, or the archive that it is: unpacked to a
// temporary file, for those of an account export are large.
func entryLevel(name string, entry *zip.File) (control.Given, *level, error) {
	in, err := entry.Open()
	if err != nil {
		return control.Given{Name: name}, nil, err
	}
	defer func() { _ = in.Close() }()
	if !isZip(name) {
		data, err := contents(name, in)
		return control.Given{Name: name, Data: data}, nil, err
	}
	out, err := os.CreateTemp("", "clubrun-*.zip")
	if err != nil {
		return control.Given{Name: name}, nil, err
	}
	closed := func() error { return errors.Join(out.Close(), os.Remove(out.Name())) }
	size, err := io.Copy(out, io.LimitReader(in, feedArchive+1))
	if err == nil && size > feedArchive {
		err = errTooLarge
	}
	if err != nil {
		return control.Given{Name: name}, nil, errors.Join(err, closed())
	}
	z, err := zip.NewReader(out, size)
	if err != nil {
		return control.Given{Name: name}, nil, errors.Join(err, closed())
	}
	return archiveLevel(name, z, closed)
}

var errTooLarge = errors.New("too large")

// contents reads a file, unpacked where it is a .gz.
func contents(name string, r io.Reader) ([]byte, error) {
	if strings.EqualFold(filepath.Ext(name), ".gz") {
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, err
		}
		r = z
	}
	return readUpTo(r, feedFile)
}

func readUpTo(r io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(data)) > limit {
		return nil, errTooLarge
	}
	return data, err
}

func isZip(name string) bool { return strings.EqualFold(filepath.Ext(name), ".zip") }

// hidden says whether a file's name begins with a dot.
func hidden(name string) bool {
	return strings.HasPrefix(path.Base(filepath.ToSlash(name)), ".")
}

// taken says whether a file in a folder or an archive may hold an activity.
func taken(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".fit", ".tcx", ".gpx", ".zip":
		return true
	case ".json": // of the export of a Garmin account the list of activities alone
		return strings.HasSuffix(strings.ToLower(name), "summarizedactivities.json")
	case ".gz":
		return taken(name[:len(name)-len(".gz")])
	}
	return false
}
