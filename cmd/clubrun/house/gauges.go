package house

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// gauges are read together, when somebody asks, of one T.
type gauges[T any] struct {
	read func() (T, error)
	all  []gauge[T]
}

// gauge is one series.
type gauge[T any] struct {
	desc *prometheus.Desc
	of   func(T) float64
}

// add adds a series; labels are its own and never change.
func (g *gauges[T]) add(name, help string, labels prometheus.Labels, of func(T) float64) {
	g.all = append(g.all, gauge[T]{prometheus.NewDesc(name, help, nil, labels), of})
}

// Describe tells which series there are.
func (g *gauges[T]) Describe(to chan<- *prometheus.Desc) {
	for _, one := range g.all {
		to <- one.desc
	}
}

// Collect tells all series, or none where they cannot be read.
func (g *gauges[T]) Collect(to chan<- prometheus.Metric) {
	what, err := g.read()
	if err != nil {
		to <- prometheus.NewInvalidMetric(g.all[0].desc, err)
		return
	}
	for _, one := range g.all {
		to <- prometheus.MustNewConstMetric(one.desc, prometheus.GaugeValue, one.of(what))
	}
}

// unix is a moment in seconds since 1970, 0 for none.
func unix(at time.Time) float64 {
	if at.IsZero() {
		return 0
	}
	return float64(at.UnixMilli()) / 1000
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
