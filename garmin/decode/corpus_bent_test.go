package decode

import (
	"bytes"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// summary is what a file tells, as a text.
func summary(rec Recording) string {
	var b strings.Builder
	for _, s := range rec.Sessions {
		fmt.Fprintf(&b, "%s/%s %v %v %v %.3f %.3f %.1f %.1f %.1f %d %d %d\n", s.Sport, s.SubSport, s.Start, s.Elapsed, s.Timer, s.Distance, s.Ascent, s.Calories,
			s.AvgHR, s.MaxHR, s.Records, s.Laps, len(s.LapList))
	}
	return b.String()
}

// TestCorpusDocumentsMeanTheSameInOtherLetters writes real TCX and GPX files in
// other encodings, with other prefixes and line ends, and reads the same; and
// cut off it reads no more than is there.
func TestCorpusDocumentsMeanTheSameInOtherLetters(t *testing.T) {
	rows := corpusTable(t, "REFERENCE.tsv")
	names := regexp.MustCompile(`<(/?)([A-Za-z][\w.]*:)?([A-Za-z])`)
	head := regexp.MustCompile(`^\s*<\?xml[^>]*\?>`)
	compared := 0
	for _, row := range rows {
		ext := filepath.Ext(row["file"])
		if ext != ".gpx" && ext != ".tcx" {
			continue
		}
		data := corpusFile(t, row["file"])
		text := string(bytes.TrimPrefix(data, []byte("\ufeff")))
		rec, err := File("x"+ext, data)
		if err != nil || !utf8.ValidString(text) || len(text) > 1<<20 {
			continue
		}
		bare := head.ReplaceAllString(text, "")
		for what, other := range map[string][]byte{
			"UTF-16":     wide(bare, false, true),
			"big UTF-16": wide(`<?xml version="1.0" encoding="UTF-16"?>`+bare, true, true),
			"prefixes":   []byte(names.ReplaceAllString(bare, "<${1}p9:${3}")),
			"line ends":  []byte(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n")),
			"a mark":     []byte("\ufeff" + text),
			"zeros":      []byte(text + "\x00\x00\x00"),
			"version":    []byte(`<?xml version="1.1" encoding="UTF-8" standalone="no" ?>` + bare),
		} {
			got, err := File("", other)
			if err != nil || summary(got) != summary(rec) {
				t.Errorf("%s in %s: %v\n%s%s", row["file"], what, err, summary(got), summary(rec))
			}
			compared++
		}
		for part := 1; part < 10; part++ {
			cut, err := File("x"+ext, data[:len(data)*part/10])
			whole := 0
			for _, s := range rec.Sessions {
				whole += s.Records
			}
			for _, s := range cut.Sessions {
				whole -= s.Records
			}
			if whole < 0 || err == nil && part < 9 {
				t.Errorf("%s: %d tenths have %d points more than all, %v", row["file"], part, -whole, err)
			}
		}
	}
	t.Logf("%d compared", compared)
}
