package locale

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every key that the digest's rooms say stands in the English file.
func TestEveryKeyThatIsSaidHasWords(t *testing.T) {
	said := regexp.MustCompile(`\.Say\("([^"]+)"[,)]|"(own\.[a-z]+|(?:hl|card|club)\.[a-z.]+)"`)
	keys := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range said.FindAllStringSubmatch(string(body), -1) {
			key := m[1] + m[2]
			if keys++; !strings.HasSuffix(key, ".") && !catalogue()[english].has(key) {
				t.Errorf("%s says %s, which has no words", path, key)
			}
		}
		return nil
	})
	if err != nil || keys < 60 {
		t.Fatalf("%d keys found: %v", keys, err)
	}
}
