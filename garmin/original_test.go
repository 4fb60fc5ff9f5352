package garmin

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

// archive zips files, given as name and content in turn.
func archive(t *testing.T, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := z.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestArchivesAreUnpackedWithinLimits(t *testing.T) {
	whole := archive(t, "7_ACTIVITY.fit", "fit bytes")
	damaged := bytes.Clone(whole)
	damaged[46] ^= 0xff
	for name, c := range map[string]struct {
		data []byte
		says string // empty when it unpacks
	}{
		"whole":         {whole, ""},
		"two files":     {archive(t, "a.fit", "1", "b.fit", "2"), ""},
		"web page":      {[]byte("<html>"), "not a zip"},
		"empty":         {nil, "not a zip"},
		"cut off":       {whole[:len(whole)-10], "not a whole"},
		"damaged":       {damaged, "damaged"},
		"no bomb yet":   {archive(t, "a.fit", strings.Repeat("\x00", 20_000), "b.fit", strings.Repeat("\x00", 20_000)), ""},
		"bomb":          {archive(t, "a.fit", strings.Repeat("\x00", 8<<20)), "beyond the limit"},
		"many files":    {archive(t, strings.Split(strings.Repeat("a.fit,x,", 40)+"b.fit,x", ",")...), "too many"},
		"bomb in parts": {archive(t, "a.fit", strings.Repeat("\x00", 50_000), "b.fit", strings.Repeat("\x00", 50_000)), "beyond the limit"},
	} {
		entries, err := unzip(c.data)
		if c.says == "" && (err != nil || len(entries) == 0) {
			t.Errorf("%s: %v", name, err)
		}
		if c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%s: %v does not say %q", name, err, c.says)
		}
	}
}

func TestNamesOfEntriesLeadNowhere(t *testing.T) {
	for name, want := range map[string]string{
		"7_ACTIVITY.fit": "7_ACTIVITY.fit", "../../etc/passwd": "passwd", `..\..\x.fit`: "x.fit", "/": "original", "..": "original",
		"a\x00b\n.fit": "ab.fit", "c:x.fit": "cx.fit", "": "original",
	} {
		if got := entryName(name); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
}
