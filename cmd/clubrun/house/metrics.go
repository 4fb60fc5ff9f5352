package house

import (
	"errors"
	"time"

	"clubrun/bot/dashboard"
	"clubrun/bot/schedule"
	"clubrun/garmin"
	"clubrun/store"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// meters are the instruments that the rooms' hooks move. What their labels can
// be is settled here: no series is of a person, a group or a chat.
type meters struct {
	calls, syncs, activities, sends, digests *prometheus.CounterVec
	files                                    prometheus.Counter
	took                                     *prometheus.HistogramVec
	late, lasted                             prometheus.Histogram
}

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

func newMeters() *meters {
	classes := []string{fine}
	for _, c := range AllClasses() {
		classes = append(classes, c.Name)
	}
	call := label{name: "call"}
	for _, c := range garmin.Calls() {
		call.values = append(call.values, string(c))
	}
	fates := []string{lateDigest}
	for _, f := range schedule.Fates() {
		fates = append(fates, string(f))
	}
	return &meters{
		calls: counted("clubrun_garmin_requests_total", "Calls at Garmin Connect by kind and class of the outcome; a sign-in is one call.", call, label{"class", append([]string{fine}, classNames()...)}),
		took: timed("clubrun_garmin_request_duration_seconds", "Time until Garmin Connect answered one request.",
			[]float64{0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120}, call),
		syncs:      counted("clubrun_syncs_total", "Syncs of one account by result.", label{"result", classes}),
		activities: counted("clubrun_sync_activities_total", "Activities by what a sync found.", label{"change", []string{"new", "changed", "gone", "unreadable"}}),
		files:      prometheus.NewCounter(prometheus.CounterOpts{Name: "clubrun_sync_files_total", Help: "Activity files downloaded."}),
		sends:      counted("clubrun_messages_sent_total", "Attempts to send a message by result.", label{"result", []string{sent, later, doubt, limited, dead}}),
		digests:    counted("clubrun_digests_total", "Digests that were due by result; late is posted over an hour after its moment.", label{"result", fates}),
		late: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "clubrun_digest_lateness_seconds", Help: "How long after its moment a digest was made.",
			Buckets: []float64{10, 60, 120, 300, 900, 3600, 14400, 43200, 129600}}),
		lasted: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "clubrun_sync_job_duration_seconds", Help: "How long a round of syncs took.",
			Buckets: []float64{1, 10, 60, 300, 900, 1800, 3600, 7200}}),
	}
}

// wireMeters hangs the instruments on the rooms' hooks.
func (h *House) wireMeters() {
	m := newMeters()
	h.meters = m
	h.Accounts.Garmin.OnCall = func(call garmin.Call, class garmin.Class) {
		m.calls.WithLabelValues(string(call), LabelOf(class)).Inc()
	}
	h.Accounts.Garmin.OnAnswer = func(op string, _ int, took time.Duration) {
		m.took.WithLabelValues(string(garmin.CallOf(op))).Observe(took.Seconds())
	}
	h.Ingest.OnDone = func(t store.Tally, err error) {
		if err == nil {
			h.whole.Add(1)
		}
		m.syncs.WithLabelValues(ClassOf(err)).Inc()
		for change, n := range map[string]int{"new": t.New, "changed": t.Changed, "gone": t.Gone, "unreadable": t.Unreadable} {
			m.activities.WithLabelValues(change).Add(float64(n))
		}
		m.files.Add(float64(t.Files))
	}
	h.Outbox.OnSend = func(_ store.Outgoing, err error) { m.sends.WithLabelValues(fateOf(err)).Inc() }
	h.Metrics = &dashboard.Metrics{Token: h.Settings.MetricsToken, From: h.registry(m)}
}

// registry holds the instruments, and what is read when somebody asks.
func (h *House) registry(m *meters) *prometheus.Registry {
	r := prometheus.NewRegistry()
	r.MustRegister(m.calls, m.took, m.syncs, m.activities, m.files, m.sends, m.digests, m.late, m.lasted,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		h.ofDatabase(), h.ofGarmin(), h.ofHouse())
	return r
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
	m.digests.WithLabelValues(result).Inc()
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

func classNames() (names []string) {
	for _, c := range garmin.Classes() {
		names = append(names, string(c))
	}
	return names
}
