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
	data, err := zipped(strconv.FormatInt(w.id, 10)+"_ACTIVITY.fit", file)
	if err != nil {
		return page(http.StatusInternalServerError, "500 Internal Server Error")
	}
	return reply{status: http.StatusOK, body: data, header: http.Header{
		"Content-Type": {"application/x-zip-compressed"}, "Content-Disposition": {fmt.Sprintf(`attachment; filename="%d.zip"`, w.id)}}}
}

func zipped(name string, data []byte) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	f, err := z.Create(name)
	if err != nil {
		return nil, err
	}
	if _, err := f.Write(data); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
