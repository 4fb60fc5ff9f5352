package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestALifeOfTheDemoRefusesDataOfTheRealBot(t *testing.T) {
	data := t.TempDir()
	if err := os.WriteFile(filepath.Join(data, "clubrun.db"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var errs bytes.Buffer
	root := strings.Repeat("00", 32)
	code := execute(t.Context(), []string{lifeCommand, t.TempDir(), "--data", data, "--root", root}, nil, io.Discard, &errs)
	if code != exitUsage || !strings.Contains(errs.String(), "folder of a demo") {
		t.Errorf("code %d: %s", code, errs.String())
	}
	if entries, err := os.ReadDir(data); err != nil || len(entries) != 1 {
		t.Errorf("%d files, %v", len(entries), err)
	}
}

func TestALifeOfTheDemoIsHidden(t *testing.T) {
	var out bytes.Buffer
	if code := execute(t.Context(), []string{"--help"}, nil, &out, io.Discard); code != exitOK || strings.Contains(out.String(), lifeCommand) {
		t.Errorf("code %d:\n%s", code, out.String())
	}
}
