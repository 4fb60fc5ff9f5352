package render

import (
	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/store"
)

// Amount writes a value of a metric with its unit.
func Amount(m store.Metric, s store.Sport, x float64, l *locale.Locale) string {
	return pen{Locale: l}.amount(m, s, x)
}

// Route is the name of a virtual journey.
func Route(key string, l *locale.Locale) string {
	r, _ := digest.RouteOf(key)
	return pen{Locale: l}.route(&digest.Journey{Route: key, Name: r.Name})
}

// Sport is a sport's name with its emoji: "🏃 Run".
func Sport(s store.Sport, l *locale.Locale) string {
	return icon(s) + " " + pen{Locale: l}.sportName(s)
}

// PrizeTitle is the name of a prize; empty where it has no words, neither ours
// nor an operator's.
func PrizeTitle(rule digest.PrizeRule, l *locale.Locale) string {
	title, _ := pen{Locale: l}.prizeWords(&digest.Prize{Rule: rule.Key, Words: rule.Words})
	return title
}
