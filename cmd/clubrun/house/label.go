package house

import (
	"slices"

	"github.com/prometheus/client_golang/prometheus"
)

// label is a label with all values that it can have.
type label struct {
	name   string
	values []string
}

// other is what a value becomes that a label cannot have, so that the series
// never grow in number and no name or number of a person can become one.
const other = "other"

func (l label) admitted(value string) string {
	if slices.Contains(l.values, value) {
		return value
	}
	return other
}

func bound(labels []label) (all prometheus.ConstrainedLabels) {
	for _, l := range labels {
		all = append(all, prometheus.ConstrainedLabel{Name: l.name, Constraint: l.admitted})
	}
	return all
}

// combined returns all combinations of the labels' values.
func combined(labels []label) [][]string {
	all := [][]string{nil}
	for _, l := range labels {
		var next [][]string
		for _, before := range all {
			for _, v := range l.values {
				next = append(next, append(slices.Clone(before), v))
			}
		}
		all = next
	}
	return all
}

// counted returns a counter of which all series are there from the beginning.
func counted(name, help string, labels ...label) *prometheus.CounterVec {
	c := prometheus.V2.NewCounterVec(prometheus.CounterVecOpts{CounterOpts: prometheus.CounterOpts{Name: name, Help: help}, VariableLabels: bound(labels)})
	for _, values := range combined(labels) {
		c.WithLabelValues(values...)
	}
	return c
}

// timed returns a histogram of which all series are there from the beginning.
func timed(name, help string, bounds []float64, labels ...label) *prometheus.HistogramVec {
	h := prometheus.V2.NewHistogramVec(prometheus.HistogramVecOpts{HistogramOpts: prometheus.HistogramOpts{Name: name, Help: help, Buckets: bounds}, VariableLabels: bound(labels)})
	for _, values := range combined(labels) {
		h.WithLabelValues(values...)
	}
	return h
}
