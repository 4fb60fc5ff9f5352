package garmin

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// Limits of an archive.
const (
	maxInflated = 64 << 20 // bytes of all entries together
	maxRatio    = 200      // inflated bytes per byte of the archive
	maxEntries  = 32
)

// Entry is one file of an original: FIT, TCX or GPX. The name is the last part
// of the archive's own and only a hint; the bytes say what it is.
type Entry struct {
	Name string
	Data []byte
}

// Original downloads what the device recorded, unpacked. NotFound and NoData
// mean that there is no file, as for typed activities.
func (c *Client) Original(ctx context.Context, t Tokens, id int64) (files []Entry, err error) {
	defer c.ended(opOriginal, &err)
	a, err := c.get(ctx, opOriginal, t, pathOriginal+strconv.FormatInt(id, 10), nil, acceptAny)
	if err != nil {
		return nil, hollow(err)
	}
	entries, err := unzip(a.body)
	if err != nil {
		return nil, &Error{Op: opOriginal, Kind: Malformed, Status: a.status, Err: err}
	}
	if len(entries) == 0 {
		return nil, &Error{Op: opOriginal, Kind: NoData, Status: a.status, Err: errors.New("the archive is empty")}
	}
	return entries, nil
}

// hollow tells an answer without a body from one that says that there is
// nothing: it comes from behind an outage.
func hollow(err error) error {
	var e *Error
	if !errors.As(err, &e) || e.Kind != NoData || e.Status != http.StatusOK {
		return err
	}
	return &Error{Op: e.Op, Kind: Malformed, Status: e.Status, Err: errors.New("an answer without a body")}
}

// Export downloads what Garmin makes of a recording: "tcx", "gpx" or "kml". NoData
// means that it has no track.
func (c *Client) Export(ctx context.Context, t Tokens, id int64, format string) (data []byte, err error) {
	defer c.ended(opExport, &err)
	if format != "tcx" && format != "gpx" && format != "kml" {
		return nil, fault(opExport, Malformed, "no such format")
	}
	a, err := c.get(ctx, opExport, t, pathExport+format+"/activity/"+strconv.FormatInt(id, 10), nil, acceptAny)
	if err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(bytes.TrimSpace(bytes.TrimPrefix(a.body, []byte("\xef\xbb\xbf"))), []byte("<")) {
		return nil, &Error{Op: opExport, Kind: Malformed, Status: a.status, Err: errors.New("not XML")}
	}
	return a.body, nil
}

// unzip unpacks an archive in memory within the limits.
func unzip(data []byte) ([]Entry, error) {
	if !bytes.HasPrefix(data, []byte("PK")) {
		return nil, errors.New("not a zip archive")
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, errors.New("not a whole zip archive")
	}
	if len(r.File) > maxEntries {
		return nil, errors.New("too many files in the archive")
	}
	left := min(int64(maxInflated), int64(len(data))*maxRatio)
	var entries []Entry
	for _, f := range r.File {
		if f.FileInfo().IsDir() {
			continue
		}
		body, err := inflate(f, left)
		if err != nil {
			return nil, err
		}
		left -= int64(len(body))
		entries = append(entries, Entry{entryName(f.Name), body})
	}
	return entries, nil
}

func inflate(f *zip.File, left int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, errors.New("a file of the archive does not open")
	}
	defer func() { _ = r.Close() }()
	body, err := io.ReadAll(io.LimitReader(r, left+1))
	if err != nil {
		return nil, errors.New("a file of the archive is damaged")
	}
	if int64(len(body)) > left {
		return nil, errors.New("the archive inflates beyond the limit")
	}
	return body, nil
}

// entryName keeps the last part of a name, without anything that could lead
// elsewhere.
func entryName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == ':' {
			return -1
		}
		return r
	}, name)
	if name == "." || name == ".." || name == "/" || len(name) > 200 {
		return "original"
	}
	return name
}
