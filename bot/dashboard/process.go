package dashboard

import (
	"bytes"
	"os"
	"runtime/metrics"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Process returns the figures of this process and of Go's runtime, under the
// names that Prometheus' own clients give them. What the system does not tell
// is zero.
func Process(started time.Time) Metric { return &process{started: started} }

type process struct{ started time.Time }

func (p *process) write(b *bytes.Buffer) {
	one := func(name, help, kind string, value float64) {
		head(b, name, help, kind)
		sample(b, name, "", value)
	}
	heap, stacks, routines, cycles := runtimeFigures()
	one("go_goroutines", "Number of goroutines that currently exist.", "gauge", routines)
	one("go_gc_cycles_total", "Number of completed garbage collections.", "counter", cycles)
	one("go_memory_heap_bytes", "Bytes of live and not yet collected objects.", "gauge", heap)
	one("go_memory_total_bytes", "Bytes that Go's runtime has mapped.", "gauge", stacks)
	one("process_cpu_seconds_total", "Total user and system CPU time spent in seconds.", "counter", cpuSeconds())
	one("process_open_fds", "Number of open file descriptors.", "gauge", openFiles())
	one("process_resident_memory_bytes", "Resident memory size in bytes.", "gauge", resident())
	one("process_start_time_seconds", "Start time of the process since unix epoch in seconds.", "gauge", float64(p.started.Unix()))
}

func runtimeFigures() (heap, mapped, routines, cycles float64) {
	read := []metrics.Sample{
		{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/total:bytes"},
		{Name: "/sched/goroutines:goroutines"}, {Name: "/gc/cycles/total:gc-cycles"},
	}
	metrics.Read(read)
	var out [4]float64
	for i, s := range read {
		if s.Value.Kind() == metrics.KindUint64 {
			out[i] = float64(s.Value.Uint64())
		}
	}
	return out[0], out[1], out[2], out[3]
}

func cpuSeconds() float64 {
	var use syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &use) != nil {
		return 0
	}
	return float64(use.Utime.Nano()+use.Stime.Nano()) / float64(time.Second)
}

func openFiles() float64 {
	d, err := os.Open("/proc/self/fd")
	if err != nil {
		return 0
	}
	defer func() { _ = d.Close() }()
	names, err := d.Readdirnames(-1)
	if err != nil {
		return 0
	}
	return float64(len(names) - 1) // without the one that reads
}

func resident() float64 {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	if fields := strings.Fields(string(text)); len(fields) > 1 {
		pages, _ := strconv.ParseFloat(fields[1], 64)
		return pages * float64(os.Getpagesize())
	}
	return 0
}
