package ingest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
)

// Tidy removes the files below the folder that no row knows: a crash between a
// file and its row, or between a row's end and its file's, has left them. It
// returns how many there were.
func (e *Engine) Tidy(ctx context.Context) (removed int, err error) {
	if e.Folder == nil {
		return 0, nil
	}
	members, err := fs.ReadDir(e.Folder.FS(), "files")
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("tidy files: %w", err)
	}
	for _, m := range members {
		athlete, err := strconv.ParseInt(m.Name(), 10, 64)
		if err != nil || !m.IsDir() {
			continue // none of ours
		}
		n, err := e.tidy(ctx, athlete)
		if removed += n; err != nil {
			return removed, fmt.Errorf("tidy files of athlete %d: %w", athlete, err)
		}
	}
	return removed, nil
}

// tidy tidies the files of one athlete, for whom nobody keeps one meanwhile.
func (e *Engine) tidy(ctx context.Context, athlete int64) (removed int, err error) {
	leave, err := e.enter(ctx, athlete)
	if err != nil {
		return 0, err
	}
	defer leave()
	rows, err := e.Store.Files(ctx, athlete)
	if err != nil {
		return 0, err
	}
	known := map[string]bool{}
	for _, f := range rows {
		known[f.Path] = true
	}
	var loose []string
	err = fs.WalkDir(e.Folder.FS(), memberFolder(athlete), func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && !known[path.Clean(name)] {
			loose = append(loose, name)
		}
		return ignoreMissing(err)
	})
	if err != nil {
		return 0, err
	}
	return len(loose), e.remove(loose)
}
