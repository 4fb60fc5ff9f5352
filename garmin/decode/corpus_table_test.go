package decode

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// TestCorpusTableOfExceptions writes down every file of which we have more to
// say than its figures, as a table that can be pasted: what is damaged and was
// read up to its fault, what holds no activity, and where other decoders fail
// and ours does not. No valid file may be refused.
func TestCorpusTableOfExceptions(t *testing.T) {
	var table strings.Builder
	table.WriteString("| file | ours | others |\n|---|---|---|\n")
	all, whole, salvaged, none, refused, alone := 0, 0, 0, 0, 0, 0
	for _, row := range corpusTable(t, "REFERENCE.tsv") {
		all++
		rec, err := File(row["file"], corpusFile(t, row["file"]))
		valid := row["garmin_integrity"] == "True" && row["sessions"] != "0" && row["type"] == "activity"
		says := "read"
		switch {
		case err == nil:
			whole++
		case len(rec.Sessions) > 0:
			salvaged++
			says = fmt.Sprintf("%d records kept: %v", rec.Sessions[0].Records, err)
		case errors.Is(err, ErrNoActivity):
			none++
			says = err.Error()
		default:
			says = "refused: " + err.Error()
		}
		if valid && err != nil {
			refused++
			t.Errorf("%s is valid: %v", row["file"], err)
		}
		others := failing(row)
		if err == nil && others == "" {
			continue
		}
		if err == nil {
			alone++
		}
		fmt.Fprintf(&table, "| %s | %s | %s |\n", row["file"], says, others)
	}
	t.Logf("%d files: %d read whole (%d of them refused by another decoder), %d read up to their fault, %d without an activity, %d valid ones refused\n%s",
		all, whole, alone, salvaged, none, refused, table.String())
}

// failing names the decoders that refuse a file, with their words.
func failing(row map[string]string) string {
	var all []string
	for _, d := range []string{"garmin", "muktihari", "muktihari-nocrc", "tormoder1"} {
		status := row["st_"+d]
		if !strings.Contains(status, "FAIL") {
			continue
		}
		if r := []rune(status); len(r) > 60 {
			status = string(r[:60]) + "…"
		}
		all = append(all, strings.TrimSuffix(d, "1")+": "+strings.NewReplacer("|", "/", "\n", " ").Replace(status))
	}
	return strings.Join(all, "; ")
}
