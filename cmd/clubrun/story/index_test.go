package story

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The index beside the stories names each of them and nothing that is not
// there, and every story begins with what it promises.
func TestTheIndexNamesEveryStory(t *testing.T) {
	index, err := os.ReadFile(filepath.Join(stories, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, m := range regexp.MustCompile(`\(([a-z-]+\.txt)\)`).FindAllStringSubmatch(string(index), -1) {
		named[m[1]] = true
	}
	files, err := filepath.Glob(filepath.Join(stories, "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		name := filepath.Base(file)
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(text), "# ") {
			t.Errorf("%s does not begin with what it promises", name)
		}
		if !named[name] {
			t.Errorf("the index does not name %s", name)
		}
		delete(named, name)
	}
	for name := range named {
		t.Errorf("the index names %s, which is not there", name)
	}
}
