package sqlite

import (
	"bytes"
	"compress/flate"
	"context"
	"fmt"
	"io"

	"clubrun/store"
)

// saveRaw keeps a record as its source gave it, in place of the earlier one.
func (t *tx) saveRaw(raw store.Raw, packed bool, body []byte) error {
	return t.exec(`INSERT INTO raw (athlete, source, kind, external, hash, packed, body, fetched, reason)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (athlete, source, kind, external) DO UPDATE SET hash = excluded.hash, packed = excluded.packed,
			body = excluded.body, fetched = excluded.fetched, reason = excluded.reason`,
		raw.Athlete, raw.Source, raw.Kind, raw.External, raw.Hash, packed, blob(body),
		stamp(moment(raw.Fetched, t.at)), raw.Reason)
}

// Raw returns a record as its source gave it.
func (db *DB) Raw(ctx context.Context, athlete int64, source, kind, external string) (store.Raw, error) {
	return one(ctx, db.reader, scanRaw, `SELECT athlete, source, kind, external, hash, packed, body, fetched, reason
		FROM raw WHERE athlete = ? AND source = ? AND kind = ? AND external = ?`, athlete, source, kind, external)
}

// LastHanded returns the record of what a member handed in last in the chat,
// a file or an entry: that it was, its body tells.
func (db *DB) LastHanded(ctx context.Context, athlete int64) (store.Raw, error) {
	return one(ctx, db.reader, scanRaw, `SELECT athlete, source, kind, external, hash, packed, body, fetched, reason
		FROM raw WHERE athlete = ? AND source IN (?, ?) AND length(body) > 0 ORDER BY fetched DESC, id DESC LIMIT 1`,
		athlete, store.SourceFile, store.SourceTyped)
}

func scanRaw(row scanner) (store.Raw, error) {
	var r store.Raw
	var packed bool
	err := row.Scan(&r.Athlete, &r.Source, &r.Kind, &r.External, &r.Hash, &packed, &r.Body, instant{&r.Fetched}, &r.Reason)
	if err != nil || !packed {
		return r, err
	}
	if r.Body, err = io.ReadAll(flate.NewReader(bytes.NewReader(r.Body))); err != nil {
		return r, fmt.Errorf("unpack: %w", err)
	}
	return r, nil
}

// Seen returns the hashes of the athlete's listed records by external id.
func (db *DB) Seen(ctx context.Context, athlete int64, source string) (map[string]string, error) {
	rows, err := list(ctx, db.reader, scanSeen,
		`SELECT external, hash FROM raw WHERE athlete = ? AND source = ? AND kind = 'list'`, athlete, source)
	if err != nil {
		return nil, err
	}
	seen := make(map[string]string, len(rows))
	for _, row := range rows {
		seen[row[0]] = row[1]
	}
	return seen, nil
}

func scanSeen(row scanner) ([2]string, error) {
	var s [2]string
	err := row.Scan(&s[0], &s[1])
	return s, err
}

// pack compresses a body where that makes it smaller.
func (db *DB) pack(body []byte) (packed bool, out []byte) {
	var buf bytes.Buffer
	w, ok := db.packers.Get().(*flate.Writer)
	if !ok {
		w, _ = flate.NewWriter(nil, flate.DefaultCompression) // fails for unknown levels only
	}
	defer db.packers.Put(w)
	w.Reset(&buf)
	_, err := w.Write(body)
	if err != nil || w.Close() != nil || buf.Len() >= len(body) {
		return false, body
	}
	return true, buf.Bytes()
}
