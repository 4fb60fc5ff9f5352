package takeout

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"time"

	"clubrun/garmin/decode"
	"clubrun/garmin/encode"
	"clubrun/store"
)

// activityPage is how many activities are read at once.
const activityPage = 200

// eachActivity calls each with the athlete's activities as they began.
func (m *Maker) eachActivity(ctx context.Context, athlete int64, each func(store.Activity) error) error {
	var last store.Activity
	for {
		page, err := m.Store.ActivityPage(ctx, athlete, last, activityPage)
		if err != nil {
			return err
		}
		for _, a := range page {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := each(a); err != nil {
				return err
			}
		}
		if len(page) < activityPage {
			return nil
		}
		last = page[len(page)-1]
	}
}

// files writes the kept files, and where it is asked for a FIT file of each
// activity that has none.
func (a *archive) files(ctx context.Context) error {
	began, err := a.starts(ctx)
	if err != nil {
		return err
	}
	for _, f := range a.kept {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := a.file(f, began[f.Activity]); err != nil {
			return err
		}
	}
	if a.Format != FIT || a.Bare {
		return nil
	}
	return a.fits(ctx)
}

// starts returns when the activities with a file began.
func (a *archive) starts(ctx context.Context) (map[int64]time.Time, error) {
	began := map[int64]time.Time{}
	if len(a.kept) == 0 {
		return began, nil
	}
	return began, a.eachActivity(ctx, a.Athlete, func(act store.Activity) error {
		if _, kept := a.named[act.ID]; kept {
			began[act.ID] = act.Start
		}
		return nil
	})
}

func (a *archive) step(at string) error {
	if a.Step == nil {
		return nil
	}
	return a.Step(a.done, a.total, at)
}

// file writes one kept file. One that cannot be read is missing in the archive,
// and the text says so.
func (a *archive) file(f store.File, began time.Time) error {
	name := inArchive(f)
	if err := a.step(name); err != nil {
		return err
	}
	a.done++
	data, err := fs.ReadFile(a.Maker.Files, f.Path)
	if err != nil {
		a.lost++
		return nil //nolint:nilerr // it is told
	}
	return a.bytes(name, began, data)
}

func (a *archive) bytes(name string, at time.Time, data []byte) error {
	return a.entry(name, at, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// fits writes a FIT file of each activity that has none. The legs of a
// multisport activity are in its own.
func (a *archive) fits(ctx context.Context) error {
	whole := map[string]bool{} // multisport activities, by source and id there, whose FIT file is kept
	err := a.eachActivity(ctx, a.Athlete, func(act store.Activity) error {
		if a.named[act.ID].Format == FIT {
			whole[act.Source+" "+act.External] = true
		}
		return nil
	})
	if err != nil {
		return err
	}
	return a.eachActivity(ctx, a.Athlete, func(act store.Activity) error {
		if a.named[act.ID].Format == FIT || act.Parent != "" && whole[act.Source+" "+act.Parent] {
			return nil
		}
		name := "fit/activity_" + act.External + "_" + act.Start.UTC().Format("20060102T150405Z") + ".fit"
		if err := a.step(name); err != nil {
			return err
		}
		data := a.fit(act)
		if data == nil {
			a.lost++
			return nil
		}
		a.made++
		return a.bytes(name, act.Start, data)
	})
}

// fit returns an activity as a FIT file: with its track where a file of another
// format has it, else by its figures. Nil where FIT cannot tell it.
func (a *archive) fit(act store.Activity) []byte {
	var out bytes.Buffer
	if f, kept := a.named[act.ID]; kept {
		if data, err := fs.ReadFile(a.Maker.Files, f.Path); err == nil {
			if rec, err := decode.File(f.Path, data); err == nil && encode.FIT(&out, rec) == nil {
				return out.Bytes()
			}
		}
		out.Reset()
	}
	if encode.FIT(&out, encode.Activity(act)) != nil {
		return nil
	}
	return out.Bytes()
}
