package house

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"syscall"
	"time"

	"clubrun/garmin/account"
	"clubrun/store"

	"github.com/prometheus/client_golang/prometheus"
)

// ofDatabase are the gauges that the database knows.
func (h *House) ofDatabase() prometheus.Collector {
	counts := &within[store.Figures]{limit: readTime, turn: make(chan struct{}, 1), read: func(ctx context.Context) (store.Figures, error) {
		return h.DB.Figures(ctx, h.out.Now())
	}}
	g := &gauges[store.Figures]{read: counts.ask}
	for _, s := range []store.AccountState{store.AccountHealthy, store.AccountCooling, store.AccountSignedOut} {
		g.add("clubrun_accounts", "Linked accounts by state.", prometheus.Labels{"state": string(s)},
			func(f store.Figures) float64 { return float64(f.Accounts[s]) })
	}
	for _, s := range []store.OutState{store.OutQueued, store.OutSending, store.OutAccepted, store.OutDelivered, store.OutExpired, store.OutDead} {
		g.add("clubrun_outbox_messages", "Rows of the outbox by state.", prometheus.Labels{"state": string(s)},
			func(f store.Figures) float64 { return float64(f.Outbox[s]) })
	}
	since := func(name, help string, of func(store.Figures) time.Time) {
		g.add(name, help, nil, func(f store.Figures) float64 { return age(h.out.Now(), of(f)) })
	}
	since("clubrun_outbox_oldest_seconds", "How long the oldest message is due that is not sent.", func(f store.Figures) time.Time { return f.OwedSince })
	since("clubrun_inbox_oldest_seconds", "Age of the oldest received message that waits.", func(f store.Figures) time.Time { return f.InboxSince })
	since("clubrun_sync_oldest_seconds", "Age of the oldest last sync of a healthy account.", func(f store.Figures) time.Time { return f.Stalest })
	g.add("clubrun_sync_last_success_timestamp_seconds", "When any account was last read whole, 0 for never.", nil, func(f store.Figures) float64 { return unix(f.Synced) })
	g.add("clubrun_inbox_messages", "Received messages that wait.", nil, func(f store.Figures) float64 { return float64(f.Inbox) })
	g.add("clubrun_members", "People who have written to the bot.", nil, func(f store.Figures) float64 { return float64(f.Athletes) })
	groups := "Groups that the bot is in by state."
	g.add("clubrun_groups", groups, prometheus.Labels{"state": "started"}, func(f store.Figures) float64 { return float64(f.Started) })
	g.add("clubrun_groups", groups, prometheus.Labels{"state": "silent"}, func(f store.Figures) float64 { return float64(f.Groups - f.Started) })
	g.add("clubrun_activities", "Activities kept.", nil, func(f store.Figures) float64 { return float64(f.Activities) })
	return g
}

// ofGarmin are the gauges of how the instance stands with Garmin.
func (h *House) ofGarmin() prometheus.Collector {
	g := &gauges[account.Standing]{read: func() (account.Standing, error) { return h.Accounts.Standing(), nil }}
	for name, gate := range map[string]func(account.Standing) account.Gate{
		"data":    func(s account.Standing) account.Gate { return s.Data },
		"sign_in": func(s account.Standing) account.Gate { return s.SignIns },
	} {
		for _, state := range append([]string{closed}, classNames()...) {
			g.add("clubrun_garmin_breaker_state", "1 for the state that holds: closed, or open for the class of the failures.",
				prometheus.Labels{"gate": name, "state": state}, func(s account.Standing) float64 { return bit(stateOf(gate(s)) == state) })
		}
		g.add("clubrun_garmin_breaker_until_timestamp_seconds", "Until when Garmin is left alone, 0 while the breaker is closed.",
			prometheus.Labels{"gate": name}, func(s account.Standing) float64 { return unix(gate(s).Until) })
	}
	for period, of := range map[string]func(account.Requests) (used, budget int){
		"hour": func(r account.Requests) (int, int) { return r.Hour, r.Budget.Hour },
		"day":  func(r account.Requests) (int, int) { return r.Day, r.Budget.Day },
	} {
		labels := prometheus.Labels{"period": period}
		g.add("clubrun_garmin_budget_used_requests", "Requests of the whole instance in this hour and day of UTC.", labels,
			func(s account.Standing) float64 { used, _ := of(s.Requests); return float64(used) })
		g.add("clubrun_garmin_budget_left_requests", "Requests left of the budget of this hour and day of UTC.", labels,
			func(s account.Standing) float64 { used, budget := of(s.Requests); return float64(max(budget-used, 0)) })
	}
	return g
}

// closed is the state of a breaker that lets all through.
const closed = "closed"

// stateOf is "closed", or the class of failures for which a breaker is open.
func stateOf(g account.Gate) string {
	if !g.Open {
		return closed
	}
	return string(g.Class)
}

// ofHouse are the gauges of what needs no room to be asked, or one word.
func (h *House) ofHouse() prometheus.Collector {
	g := &gauges[*House]{read: func() (*House, error) { return h, nil }}
	g.add("clubrun_build_info", "1, with what was built.", prometheus.Labels{"version": h.out.Version, "goversion": runtime.Version()},
		func(*House) float64 { return 1 })
	g.add("clubrun_whatsapp_connected", "1 while the bot is linked and connected.", nil, func(h *House) float64 { return bit(h.WhatsApp.State() == "online") })
	for _, name := range []string{"clubrun", "whatsapp"} {
		g.add("clubrun_database_size_bytes", "Size of a database with its write-ahead log.", prometheus.Labels{"database": name},
			func(h *House) float64 { return h.sizeOf(name) })
	}
	g.add("clubrun_disk_free_bytes", "Bytes free on the disk of the data folder, 0 where the system does not tell.", nil, func(h *House) float64 {
		free, _, _ := h.space()
		return free
	})
	return g
}

// sizeOf is how many bytes a database takes, with what is not merged yet.
func (h *House) sizeOf(name string) (sum float64) {
	for _, end := range []string{".db", ".db-wal"} {
		if info, err := os.Stat(h.path(name + end)); err == nil {
			sum += float64(info.Size())
		}
	}
	return sum
}

// space is how many bytes of the data folder's disk are free, of how many.
func (h *House) space() (free, all float64, err error) {
	if h.out.Space != nil {
		return h.out.Space(h.Settings.Data)
	}
	var disk syscall.Statfs_t
	if err := syscall.Statfs(h.Settings.Data, &disk); err != nil {
		return 0, 0, fmt.Errorf("space of the disk: %w", err)
	}
	return float64(disk.Bavail) * float64(disk.Bsize), float64(disk.Blocks) * float64(disk.Bsize), nil
}
