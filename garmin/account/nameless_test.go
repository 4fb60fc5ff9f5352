package account_test

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"
)

// nameless puts rows without an id before each list.
type nameless struct{ http.RoundTripper }

func (n nameless) RoundTrip(q *http.Request) (*http.Response, error) {
	res, err := n.RoundTripper.RoundTrip(q)
	if err != nil || !strings.Contains(q.URL.Path, "/search/activities") {
		return res, err
	}
	body, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	body = bytes.Replace(body, []byte("["), []byte(`[{"activityName":"x"},{"activityId":null},`), 1)
	res.Body, res.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return res, err
}

// TestARowWithoutAnIDHoldsUpNoOther: each is listed under a name of its own,
// the same each time.
func TestARowWithoutAnIDHoldsUpNoOther(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.linked(t, "ben")
		sound, err := w.week(t.Context(), a)
		if err != nil || len(sound) == 0 {
			t.Fatal(err, len(sound))
		}
		w.keeper.Garmin.Transport = nameless{w.Transport()}
		for range 2 {
			rows, err := w.week(t.Context(), a)
			if err != nil || len(rows) != len(sound)+2 {
				t.Fatal(err, len(rows), len(sound))
			}
			if a, b := rows[0].External, rows[1].External; a == b || !strings.HasPrefix(a, "nameless-") || rows[2].External != sound[0].External {
				t.Error(a, b, rows[2].External)
			}
		}
	})
}
