package garmintest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"net/http"
	"strconv"
)

// original answers the download of what the device recorded, zipped.
func (s *Server) original(m *member, id string) reply {
	w, r := s.lookup(m, id)
	if w == nil {
		return r
	}
	if w.parent != nil && s.rules.LegFile {
		w = w.parent
	}
	if w.manual || w.parent != nil {
		r := missing()
		r.status = s.rules.NoFileStatus
		return r
	}
	file := w.file
	if file == nil {
		var err error
		if file, err = w.asRecorded().fit(m.body); err != nil {
			return page(http.StatusInternalServerError, "500 Internal Server Error")
		}
	}
	entries, err := s.packed(m, w, file)
	if err != nil {
		return page(http.StatusInternalServerError, "500 Internal Server Error")
	}
	data, err := zipped(entries...)
	if err != nil {
		return page(http.StatusInternalServerError, "500 Internal Server Error")
	}
	return reply{status: http.StatusOK, body: data, header: http.Header{
		"Content-Type": {"application/x-zip-compressed"}, "Content-Disposition": {fmt.Sprintf(`attachment; filename="%d.zip"`, w.id)}}}
}

// entry is one file of an archive.
type entry struct {
	name string
	data []byte
}

// packed are the files of an original's archive: one, unless a disturbance
// wants another shape.
func (s *Server) packed(m *member, w *workout, file []byte) ([]entry, error) {
	id := strconv.FormatInt(w.id, 10)
	whole := entry{id + "_ACTIVITY.fit", file}
	if format := format(file); format != "fit" {
		whole.name = id + "." + format
	}
	shape := s.of(m).shaped()
	if shape == "" {
		return []entry{whole}, nil
	}
	if shape == "empty" {
		return nil, nil
	}
	records, err := w.taken(m.body)
	if err != nil {
		return nil, err
	}
	switch shape {
	case "as-gpx":
		return []entry{{id + ".gpx", s.gpx(w, records).body}}, nil
	case "as-tcx":
		return []entry{{id + ".tcx", w.tcx(records)}}, nil
	}
	return []entry{{"readme.txt", []byte("several files of one upload\n")}, {id + "_track.gpx", s.gpx(w, records).body}, whole}, nil
}

// shaped is the shape that originals have under a disturbance: empty, several,
// as-gpx or as-tcx.
func (t trouble) shaped() string {
	for _, shape := range []string{"empty", "several", "as-gpx", "as-tcx"} {
		if t.is("files") && t.has(shape) {
			return shape
		}
	}
	return ""
}

func zipped(entries ...entry) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range entries {
		f, err := z.Create(e.name)
		if err != nil {
			return nil, err
		}
		if _, err := f.Write(e.data); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
