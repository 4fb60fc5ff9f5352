package house

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"syscall"
	"time"

	"clubrun/bot/dashboard"
	"clubrun/bot/schedule"
	"clubrun/garmin"
	"clubrun/garmin/account"
	"clubrun/store"
)

// meters are the instruments that the rooms' hooks move, and those that are
// set when somebody looks. What their labels can be is settled here: no series
// is of a person, a group or a chat.
type meters struct {
	calls, syncs, activities, files, sends, digests   dashboard.Counter
	took, late, lasted                                *dashboard.Histogram
	standing, standingUntil, used, budget, accounts   dashboard.Gauge
	synced, stalest, inbox, inboxAge, outbox, owedAge dashboard.Gauge
	athletes, groups, kept, size, online, build, disk dashboard.Gauge
}

// gateNames are the label values of what a breaker lets through.
func gateNames() []string { return []string{"data", "sign_in"} }

// What becomes of a message that is sent.
const (
	sent    = "sent"
	limited = "limited" // WhatsApp says that the bot is too fast
	doubt   = "doubt"   // it may have arrived
	dead    = "dead"    // it never will
	later   = "later"   // it is tried again
)

// lateAfter is how long after its moment a digest that is posted is late.
const lateAfter = time.Hour

// lateDigest is the result of such a digest.
const lateDigest = "late"

func newMeters(version string) *meters {
	classes := []string{fine}
	for _, c := range AllClasses() {
		classes = append(classes, c.Name)
	}
	garmins := append([]string{fine}, classNames()...)
	open := append([]string{"closed"}, classNames()...)
	call := dashboard.Label{Name: "call"}
	for _, c := range garmin.Calls() {
		call.Values = append(call.Values, string(c))
	}
	fates := []string{lateDigest}
	for _, f := range schedule.Fates() {
		fates = append(fates, string(f))
	}
	of := func(name string, values ...string) dashboard.Label {
		return dashboard.Label{Name: name, Values: values}
	}
	return &meters{
		calls: dashboard.NewCounter("clubrun_garmin_requests_total", "Calls at Garmin Connect by kind and class of the outcome; a sign-in is one call.", call, of("class", garmins...)),
		took: dashboard.NewHistogram("clubrun_garmin_request_duration_seconds", "Time until Garmin Connect answered one request.",
			[]float64{0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120}, call),
		standing:      dashboard.NewGauge("clubrun_garmin_breaker_state", "1 for the state that holds: closed, or open for the class of the failures.", of("gate", gateNames()...), of("state", open...)),
		standingUntil: dashboard.NewGauge("clubrun_garmin_breaker_until_timestamp_seconds", "Until when Garmin is left alone, 0 while the breaker is closed.", of("gate", gateNames()...)),
		used:          dashboard.NewGauge("clubrun_garmin_budget_used_requests", "Requests of the whole instance in this hour and day of UTC.", of("period", "hour", "day")),
		budget:        dashboard.NewGauge("clubrun_garmin_budget_left_requests", "Requests left of the budget of this hour and day of UTC.", of("period", "hour", "day")),
		accounts: dashboard.NewGauge("clubrun_accounts", "Linked accounts by state.",
			of("state", string(store.AccountHealthy), string(store.AccountCooling), string(store.AccountSignedOut))),
		syncs:      dashboard.NewCounter("clubrun_syncs_total", "Syncs of one account by result.", of("result", classes...)),
		activities: dashboard.NewCounter("clubrun_sync_activities_total", "Activities by what a sync found.", of("change", "new", "changed", "gone", "unreadable")),
		files:      dashboard.NewCounter("clubrun_sync_files_total", "Activity files downloaded."),
		synced:     dashboard.NewGauge("clubrun_sync_last_success_timestamp_seconds", "When any account was last read whole, 0 for never."),
		stalest:    dashboard.NewGauge("clubrun_sync_oldest_seconds", "Age of the oldest last sync of a healthy account."),
		inbox:      dashboard.NewGauge("clubrun_inbox_messages", "Received messages that wait."),
		inboxAge:   dashboard.NewGauge("clubrun_inbox_oldest_seconds", "Age of the oldest received message that waits."),
		outbox: dashboard.NewGauge("clubrun_outbox_messages", "Rows of the outbox by state.", of("state", string(store.OutQueued), string(store.OutSending),
			string(store.OutAccepted), string(store.OutDelivered), string(store.OutExpired), string(store.OutDead))),
		owedAge: dashboard.NewGauge("clubrun_outbox_oldest_seconds", "How long the oldest message is due that is not sent."),
		sends:   dashboard.NewCounter("clubrun_messages_sent_total", "Attempts to send a message by result.", of("result", sent, later, doubt, limited, dead)),
		digests: dashboard.NewCounter("clubrun_digests_total", "Digests that were due by result; late is posted over an hour after its moment.", of("result", fates...)),
		late: dashboard.NewHistogram("clubrun_digest_lateness_seconds", "How long after its moment a digest was made.",
			[]float64{10, 60, 120, 300, 900, 3600, 14400, 43200, 129600}),
		lasted:   dashboard.NewHistogram("clubrun_sync_job_duration_seconds", "How long a round of syncs took.", []float64{1, 10, 60, 300, 900, 1800, 3600, 7200}),
		athletes: dashboard.NewGauge("clubrun_members", "People who have written to the bot."),
		groups:   dashboard.NewGauge("clubrun_groups", "Groups that the bot is in by state.", of("state", "started", "silent")),
		kept:     dashboard.NewGauge("clubrun_activities", "Activities kept."),
		size:     dashboard.NewGauge("clubrun_database_size_bytes", "Size of a database with its write-ahead log.", of("database", "clubrun", "whatsapp")),
		disk:     dashboard.NewGauge("clubrun_disk_free_bytes", "Bytes free on the disk of the data folder, 0 where the system does not tell."),
		online:   dashboard.NewGauge("clubrun_whatsapp_connected", "1 while the bot is linked and connected."),
		build:    dashboard.NewGauge("clubrun_build_info", "1, with what was built.", of("version", version), of("goversion", runtime.Version())),
	}
}

// all is every instrument, in the order in which they are told.
func (m *meters) all(started time.Time) []dashboard.Metric {
	return []dashboard.Metric{
		m.build, m.online, m.accounts, m.calls, m.took, m.standing, m.standingUntil, m.used, m.budget,
		m.syncs, m.lasted, m.activities, m.files, m.synced, m.stalest, m.inbox, m.inboxAge, m.outbox, m.owedAge, m.sends,
		m.digests, m.late, m.athletes, m.groups, m.kept, m.size, m.disk, dashboard.Process(started),
	}
}

// wireMeters hangs the instruments on the rooms' hooks.
func (h *House) wireMeters() {
	m := newMeters(h.out.Version)
	m.build.Set(1, "version", h.out.Version, "goversion", runtime.Version())
	h.meters = m
	h.Accounts.Garmin.OnCall = func(call garmin.Call, class garmin.Class) {
		m.calls.Add(1, "call", string(call), "class", LabelOf(class))
	}
	h.Accounts.Garmin.OnAnswer = func(op string, _ int, took time.Duration) {
		m.took.Observe(took.Seconds(), "call", string(garmin.CallOf(op)))
	}
	h.Ingest.OnDone = func(t store.Tally, err error) {
		if err == nil {
			h.whole.Add(1)
		}
		m.syncs.Add(1, "result", ClassOf(err))
		for change, n := range map[string]int{"new": t.New, "changed": t.Changed, "gone": t.Gone, "unreadable": t.Unreadable} {
			m.activities.Add(float64(n), "change", change)
		}
		m.files.Add(float64(t.Files))
	}
	h.Outbox.OnSend = func(_ store.Outgoing, err error) { m.sends.Add(1, "result", fateOf(err)) }
	h.Metrics = &dashboard.Metrics{Token: h.Settings.MetricsToken, All: m.all(h.out.Now()), Refresh: h.measure}
}

// onDigest counts what became of a digest.
func (m *meters) onDigest(what schedule.Fate, after time.Duration) {
	result := string(what)
	if what == schedule.Posted {
		m.late.Observe(max(after, 0).Seconds())
		if after > lateAfter {
			result = lateDigest
		}
	}
	m.digests.Add(1, "result", result)
}

// fateOf says how an attempt to send ended, by what the error says of itself.
func fateOf(err error) string {
	var final interface{ Permanent() bool }
	var may interface{ InDoubt() bool }
	var slow interface{ Limited() bool }
	switch {
	case err == nil:
		return sent
	case errors.As(err, &final) && final.Permanent():
		return dead
	case errors.As(err, &slow) && slow.Limited():
		return limited
	case errors.As(err, &may) && may.InDoubt():
		return doubt
	}
	return later
}

// measure sets the gauges.
func (h *House) measure(ctx context.Context) error {
	m, now := h.meters, h.out.Now()
	f, err := h.DB.Figures(ctx, now)
	if err != nil {
		return err
	}
	for _, state := range []store.AccountState{store.AccountHealthy, store.AccountCooling, store.AccountSignedOut} {
		m.accounts.Set(float64(f.Accounts[state]), "state", string(state))
	}
	for _, state := range []store.OutState{store.OutQueued, store.OutSending, store.OutAccepted, store.OutDelivered, store.OutExpired, store.OutDead} {
		m.outbox.Set(float64(f.Outbox[state]), "state", string(state))
	}
	m.inbox.Set(float64(f.Inbox))
	m.inboxAge.Set(age(now, f.InboxSince))
	m.owedAge.Set(age(now, f.OwedSince))
	m.synced.SetTime(f.Synced)
	m.stalest.Set(age(now, f.Stalest))
	m.athletes.Set(float64(f.Athletes))
	m.groups.Set(float64(f.Started), "state", "started")
	m.groups.Set(float64(f.Groups-f.Started), "state", "silent")
	m.kept.Set(float64(f.Activities))
	for _, name := range []string{"clubrun", "whatsapp"} {
		m.size.Set(h.sizeOf(name), "database", name)
	}
	free, _, _ := h.space()
	m.disk.Set(free)
	m.online.Set(bit(h.WhatsApp.State() == "online"))
	m.stand(h.Accounts.Standing())
	return nil
}

// stand sets how the instance stands with Garmin.
func (m *meters) stand(s account.Standing) {
	for i, g := range []account.Gate{s.Data, s.SignIns} {
		gate := gateNames()[i]
		state := "closed"
		if g.Open {
			state = string(g.Class)
		}
		for _, one := range append([]string{"closed"}, classNames()...) {
			m.standing.Set(bit(one == state), "gate", gate, "state", one)
		}
		m.standingUntil.SetTime(g.Until, "gate", gate)
	}
	r := s.Requests
	m.used.Set(float64(r.Hour), "period", "hour")
	m.used.Set(float64(r.Day), "period", "day")
	m.budget.Set(float64(max(r.Budget.Hour-r.Hour, 0)), "period", "hour")
	m.budget.Set(float64(max(r.Budget.Day-r.Day, 0)), "period", "day")
}

func classNames() (names []string) {
	for _, c := range garmin.Classes() {
		names = append(names, string(c))
	}
	return names
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
	var disk syscall.Statfs_t
	if err := syscall.Statfs(h.Settings.Data, &disk); err != nil {
		return 0, 0, fmt.Errorf("space of the disk: %w", err)
	}
	return float64(disk.Bavail) * float64(disk.Bsize), float64(disk.Blocks) * float64(disk.Bsize), nil
}

// age is how many seconds ago something was, 0 where it never was.
func age(now, then time.Time) float64 {
	if then.IsZero() {
		return 0
	}
	return max(now.Sub(then), 0).Seconds()
}

func bit(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
