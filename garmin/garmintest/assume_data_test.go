package garmintest_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"clubrun/garmin"
)

var tokenChecks = map[string]check{
	"ticket-life": func(t *testing.T, w *world, other bool) {
		address, _ := w.Ticket("ben@example.org")
		time.Sleep(time.Minute)
		_, _, err := w.client.Redeem(t.Context(), address)
		wantKind(t, err, pick(other, "", garmin.BadTicket))
	},
	"wrong-service-burn": func(t *testing.T, w *world, other bool) {
		address, _ := w.Ticket("ben@example.org")
		_, _, err := w.client.Redeem(t.Context(), address+" https://mobile.integration.garmin.com/gcm/ios")
		wantKind(t, err, garmin.BadTicket)
		_, _, err = w.client.Redeem(t.Context(), address)
		wantKind(t, err, pick(other, garmin.BadTicket, ""))
	},
	"bad-ticket-status": func(t *testing.T, w *world, other bool) {
		_, _, err := w.client.Redeem(t.Context(), "ST-0000000-abcdef-cas")
		wantRefusal(t, err, garmin.BadTicket, pick(other, 400, 401))
	},
	"customer-id": func(t *testing.T, w *world, other bool) {
		address, _ := w.Ticket("ben@example.org")
		b := newBrowser(t, w)
		b.trade(ticketOf(t, address))
		if strings.Contains(b.body, "customerId") != pick(other, true, false) || !strings.Contains(b.body, "access_token") {
			t.Errorf("answer %s", b.body)
		}
		w.signIn(t, "ben")
	},
	"access-life": func(t *testing.T, w *world, other bool) {
		tokens := w.signIn(t, "ben")
		if life := tokens.Expires.Sub(w.now()).Round(time.Minute); life != pick(other, 24*time.Hour, 4*time.Hour) {
			t.Errorf("life %v", life)
		}
		time.Sleep(5 * time.Hour)
		_, err := w.client.Profile(t.Context(), tokens)
		wantKind(t, err, pick(other, "", garmin.TokenInactive))
		fresh, err := w.client.Refresh(t.Context(), tokens)
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.client.Profile(t.Context(), fresh)
		wantKind(t, err, "")
	},
	"refresh-life": func(t *testing.T, w *world, other bool) {
		tokens := w.signIn(t, "ben")
		time.Sleep(8 * 24 * time.Hour)
		_, err := w.client.Refresh(t.Context(), tokens)
		wantKind(t, err, pick(other, "", garmin.InvalidGrant))
	},
	"refresh-rotates": func(t *testing.T, w *world, other bool) {
		tokens := w.signIn(t, "ben")
		_, err := w.client.Refresh(t.Context(), tokens)
		wantKind(t, err, "")
		_, err = w.client.Refresh(t.Context(), tokens)
		wantKind(t, err, pick(other, garmin.InvalidGrant, ""))
	},
	"refresh-anew": func(t *testing.T, w *world, other bool) {
		tokens := w.signIn(t, "ben")
		for range 2 {
			fresh, err := w.client.Refresh(t.Context(), tokens)
			if err != nil {
				t.Fatal(err)
			}
			if fresh.Access == tokens.Access || (fresh.Refresh == tokens.Refresh) != other {
				t.Error("the wrong tokens changed")
			}
			tokens = fresh
		}
	},
}

var dataChecks = map[string]check{
	"over-limit-status": func(t *testing.T, w *world, other bool) {
		_, err := w.client.Activities(t.Context(), w.signIn(t, "ben"), garmin.Query{Limit: 1001})
		wantRefusal(t, err, pick(other, garmin.Malformed, garmin.Unavailable), pick(other, 400, 500))
	},
	"sub-types": func(t *testing.T, w *world, other bool) {
		tokens := w.signIn(t, "ben")
		_, body := ask(t, w.Transport(), "GET", api+"/activitylist-service/activities/search/activities?limit=1000&activitySubType=track_running",
			"GCM-Android-5.23", "Authorization", "Bearer "+tokens.Access)
		var some []json.RawMessage
		if err := json.Unmarshal([]byte(body), &some); err != nil {
			t.Fatal(err)
		}
		if all := w.rows(t, tokens); len(some) == 0 || (len(some) < len(all)) != other {
			t.Errorf("%d of %d rows", len(some), len(all))
		}
	},
	"nulls": func(t *testing.T, w *world, other bool) {
		nulls := 0
		rows := w.rows(t, w.signIn(t, "ben"))
		for _, r := range rows {
			for _, v := range r {
				if v == nil {
					nulls++
				}
			}
		}
		if len(rows) < 100 || (nulls > 0) != other {
			t.Errorf("%d nulls in %d rows", nulls, len(rows))
		}
	},
	"foreign-status": func(t *testing.T, w *world, other bool) {
		id := idOf(t, w.rows(t, w.signIn(t, "tri")), "parent", false)
		_, err := w.client.Activity(t.Context(), w.signIn(t, "ben"), id)
		wantRefusal(t, err, pick(other, garmin.NoData, garmin.NotFound), pick(other, 403, 404))
	},
	"no-file-status": func(t *testing.T, w *world, other bool) {
		tokens := w.signIn(t, "hana")
		_, err := w.client.Original(t.Context(), tokens, idOf(t, w.rows(t, tokens), "manualActivity", true))
		wantRefusal(t, err, pick(other, garmin.NotFound, garmin.Unavailable), pick(other, 404, 500))
	},
	"leg-file": func(t *testing.T, w *world, other bool) {
		tokens := w.signIn(t, "tri")
		whole := idOf(t, w.rows(t, tokens), "parent", true)
		raw, err := w.client.Activity(t.Context(), tokens, whole)
		if err != nil {
			t.Fatal(err)
		}
		var f struct {
			Metadata struct{ ChildIDs []int64 } `json:"metadataDTO"`
		}
		if err := json.Unmarshal(raw, &f); err != nil || len(f.Metadata.ChildIDs) == 0 {
			t.Fatalf("no legs: %v", err)
		}
		leg, err := w.client.Original(t.Context(), tokens, f.Metadata.ChildIDs[0])
		wantKind(t, err, pick(other, garmin.NotFound, ""))
		all, err := w.client.Original(t.Context(), tokens, whole)
		if err != nil || other && string(leg[0].Data) != string(all[0].Data) {
			t.Errorf("the leg's file is not the whole's: %v", err)
		}
	},
	"no-track-status": func(t *testing.T, w *world, other bool) {
		tokens := w.signIn(t, "ben")
		id := idOf(t, w.rows(t, tokens), "hasPolyline", false)
		_, err := w.client.Export(t.Context(), tokens, id, "gpx")
		wantRefusal(t, err, garmin.NoData, pick(other, 204, 410))
	},
	"files-per-minute": func(t *testing.T, w *world, other bool) {
		tokens := w.signIn(t, "ben")
		id := idOf(t, w.rows(t, tokens), "hasPolyline", true)
		for range 3 {
			_, err := w.client.Original(t.Context(), tokens, id)
			wantKind(t, err, "")
		}
		_, err := w.client.Export(t.Context(), tokens, id, "tcx")
		wantKind(t, err, pick(other, "", garmin.RateLimited))
		time.Sleep(time.Minute)
		_, err = w.client.Original(t.Context(), tokens, id)
		wantKind(t, err, "")
	},
	"outage-json": func(t *testing.T, w *world, other bool) {
		tokens := w.signIn(t, "ben")
		w.mustDisturb(t, "down", "")
		res, _ := ask(t, w.Transport(), "GET", api+"/x", "GCM-Android-5.23")
		if kind := res.Header.Get("Content-Type"); strings.HasPrefix(kind, "application/json") != other {
			t.Errorf("content type %s", kind)
		}
		_, err := w.client.Profile(t.Context(), tokens)
		wantRefusal(t, err, garmin.Unavailable, 503)
	},
	"slow-for": func(t *testing.T, w *world, other bool) {
		tokens := w.signIn(t, "ben")
		w.mustDisturb(t, "slow", "")
		_, err := w.client.Profile(t.Context(), tokens)
		wantKind(t, err, pick(other, garmin.Network, ""))
	},
	"upload-after-least": func(t *testing.T, w *world, other bool) {
		least, _ := w.uploads(t)
		if (least >= 200*time.Second) != other || least < 90*time.Second-time.Second {
			t.Errorf("the earliest upload came after %v", least)
		}
	},
	"upload-after-most": func(t *testing.T, w *world, other bool) {
		_, most := w.uploads(t)
		if (most > 210*time.Second) != other || most > time.Hour {
			t.Errorf("the latest upload came after %v", most)
		}
	},
}

// uploads tells how long after the end twelve workouts were uploaded, at least
// and at most.
func (w *world) uploads(t *testing.T) (least, most time.Duration) {
	t.Helper()
	tokens := w.signIn(t, "ben")
	for _, r := range w.rows(t, tokens)[:12] {
		raw, err := w.client.Activity(t.Context(), tokens, int64(r["activityId"].(float64)))
		if err != nil {
			t.Fatal(err)
		}
		var f struct {
			Metadata struct{ UploadedDate string } `json:"metadataDTO"`
		}
		if err := json.Unmarshal(raw, &f); err != nil {
			t.Fatal(err)
		}
		at, err := time.Parse("2006-01-02T15:04:05.0", f.Metadata.UploadedDate)
		if err != nil {
			t.Fatal(err)
		}
		end, err := time.Parse("2006-01-02 15:04:05", r["endTimeGMT"].(string))
		if err != nil {
			t.Fatal(err)
		}
		after := at.Sub(end)
		if least == 0 || after < least {
			least = after
		}
		most = max(most, after)
	}
	return least, most
}
