package garmintest

import (
	"math"
	"time"
)

// weighing is one reading of the scales.
type weighing struct {
	date  string
	at    time.Time
	grams float64
}

// weighed is the reading of a day; ok is false without one. Somebody with
// scales steps on them on one morning of three.
func (b *book) weighed(date string) (w weighing, ok bool) {
	if !b.habit.scales || date < b.first {
		return weighing{}, false
	}
	r := draw(b.seed, "weight", mailKey(b.m.Email), date)
	w = weighing{date: date, at: b.at(date, b.habit.wake+1)}
	if r.IntN(3) != 0 || w.at.After(b.now) {
		return weighing{}, false
	}
	weeks := w.at.Sub(b.at(b.first, 0)).Hours() / (24 * 7)
	w.grams = math.Round((b.m.body.weight+1.1*math.Sin(weeks/7)+.8*(r.Float64()-.5))*10) * 100
	return w, true
}

func (b *book) weighings(days []string) []weighing {
	var all []weighing
	for i := len(days) - 1; i >= 0; i-- {
		if w, ok := b.weighed(days[i]); ok {
			all = append(all, w)
		}
	}
	return all
}

func (b *book) reading(w weighing) map[string]any {
	height := b.m.body.height / 100
	bmi := w.grams / 1000 / (height * height)
	return map[string]any{"samplePk": w.at.UnixMilli(), "date": b.fake(w.at), "calendarDate": w.date, "weight": w.grams, "bmi": round(bmi, 1),
		"bodyFat": round(bmi*.9, 1), "bodyWater": nil, "boneMass": math.Round(w.grams * .042), "muscleMass": math.Round(w.grams * .41),
		"physiqueRating": nil, "visceralFat": nil, "metabolicAge": nil, "sourceType": "INDEX_SCALE", "timestampGMT": w.at.UnixMilli(), "weightDelta": nil}
}

// mean sums up some readings; its figures are null without any.
func (b *book) mean(days []string, all []weighing) map[string]any {
	v := map[string]any{"from": b.at(days[0], 0).UnixMilli(), "until": b.at(days[len(days)-1], 24).UnixMilli() - 1}
	for _, key := range []string{"weight", "bmi", "bodyFat", "bodyWater", "boneMass", "muscleMass", "physiqueRating", "visceralFat", "metabolicAge"} {
		v[key] = nil
	}
	if len(all) == 0 {
		return v
	}
	var sum float64
	for _, w := range all {
		sum += w.grams
	}
	one := b.reading(weighing{grams: math.Round(sum / float64(len(all)))})
	for _, key := range []string{"weight", "bmi", "bodyFat", "boneMass", "muscleMass"} {
		v[key] = one[key]
	}
	return v
}

// weightRange answers the readings of a span, newest first.
func (b *book) weightRange(days []string) reply {
	all := b.weighings(days)
	rows := []map[string]any{}
	for _, w := range all {
		rows = append(rows, b.reading(w))
	}
	return plain(map[string]any{"startDate": days[0], "endDate": days[len(days)-1], "dateWeightList": rows, "totalAverage": b.mean(days, all)})
}

func (b *book) weightDay(date string) reply { return b.weightRange([]string{date}) }

// weightDays answers the readings of a span by day, newest first.
func (b *book) weightDays(days []string) reply {
	all := b.weighings(days)
	rows := []map[string]any{}
	for _, w := range all {
		one := b.reading(w)
		rows = append(rows, map[string]any{"summaryDate": w.date, "numOfWeightEntries": 1, "minWeight": w.grams, "maxWeight": w.grams,
			"latestWeight": one, "allWeightMetrics": []any{one}})
	}
	return plain(map[string]any{"dailyWeightSummaries": rows, "totalAverage": b.mean(days, all),
		"previousDateWeight": b.neighbour(days[0], -1), "nextDateWeight": b.neighbour(days[len(days)-1], 1)})
}

// neighbour is the nearest reading before or after a day, within a month.
func (b *book) neighbour(date string, way int) map[string]any {
	for i := 1; i <= 31; i++ {
		if w, ok := b.weighed(after(date, way*i)); ok {
			return b.reading(w)
		}
	}
	return map[string]any{"samplePk": nil, "date": nil, "calendarDate": nil, "weight": nil}
}
