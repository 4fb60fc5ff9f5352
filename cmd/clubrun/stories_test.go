package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"clubrun/store/failpoint"
)

func TestEachPointOfDeathIsInAStory(t *testing.T) {
	stories, err := filepath.Glob("../../testdata/stories/*.txt")
	if err != nil || len(stories) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	var all strings.Builder
	for _, path := range stories {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString("\n" + string(text) + "\n")
	}
	for _, p := range failpoint.All() {
		if !strings.Contains(all.String(), "\nkill at "+string(p)+"\n") {
			t.Errorf("no story kills the bot at %s", p)
		}
	}
}
