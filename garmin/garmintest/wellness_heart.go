package garmintest

import (
	"math"
	"net/http"
	"net/url"
	"time"
)

// statistics answers single figures of many days: 60 is the resting heart
// rate, 22 and 23 are kilocalories.
func (b *book) statistics(rest string, q url.Values) reply {
	days, ok := b.span(q.Get("fromDate"), q.Get("untilDate"), 0)
	switch {
	case rest != b.m.display:
		return forbidden()
	case !ok:
		return badRequest(http.StatusBadRequest)
	}
	metrics := map[string]any{}
	for _, id := range q["metricId"] {
		name, value := statistic(id)
		if name == "" {
			return badRequest(http.StatusBadRequest)
		}
		rows := []map[string]any{}
		for _, date := range days {
			rows = append(rows, map[string]any{"value": some(value(b.day(date))), "calendarDate": date})
		}
		metrics[name] = rows
	}
	return plain(map[string]any{"userProfileId": b.m.profile, "statisticsStartDate": q.Get("fromDate"), "statisticsEndDate": q.Get("untilDate"),
		"allMetrics": map[string]any{"metricsMap": metrics}, "groupedMetrics": nil})
}

func statistic(id string) (name string, value func(*day) float64) {
	switch id {
	case "22":
		return "WELLNESS_ACTIVE_CALORIES", func(d *day) float64 { return d.active }
	case "23":
		return "WELLNESS_BMR_CALORIES", func(d *day) float64 { return d.bmr }
	case "60":
		return "WELLNESS_RESTING_HEART_RATE", func(d *day) float64 { return float64(d.rest) }
	}
	return "", nil
}

// beats are the heart rates of a day, every some minutes.
func (b *book) beats(d *day, every time.Duration) [][]any {
	values := [][]any{}
	n := noise(draw(b.seed, "pulse", mailKey(b.m.Email), d.date).Uint64())
	for t := d.start; t.Before(d.seen); t = t.Add(every) {
		bpm := float64(d.low) + 18 + 8*n.next()
		if d.night != nil && t.Before(d.night.to) {
			bpm = float64(d.low) + 3 + 3*n.next()
		}
		for _, w := range d.sport {
			if !t.Before(w.start) && t.Before(w.end()) {
				bpm = w.avgHR
			}
		}
		values = append(values, []any{t.UnixMilli(), int(math.Round(bpm))})
	}
	return values
}

func (b *book) heartRates(date string) reply {
	d := b.day(date)
	v := b.frame(d)
	v["userProfilePK"], v["calendarDate"] = b.m.profile, date
	v["restingHeartRate"], v["minHeartRate"], v["maxHeartRate"] = some(d.rest), some(d.low), some(d.high)
	v["lastSevenDaysAvgRestingHeartRate"], v["heartRateValueDescriptors"] = b.restOfWeek(date), descriptors("", "timestamp", "heartrate")
	v["heartRateValues"] = nil
	if d.told() {
		v["heartRateValues"] = b.beats(d, 2*time.Minute)
	}
	return plain(v)
}

// frame are the four stamps in which a day lies.
func (b *book) frame(d *day) map[string]any {
	return map[string]any{"startTimestampGMT": stamp(d.start), "endTimestampGMT": stamp(d.end),
		"startTimestampLocal": b.local(d.start), "endTimestampLocal": b.local(d.end)}
}

// stressOf answers a day's stress and body battery; values below zero are none.
func (b *book) stressOf(date string) reply {
	d := b.day(date)
	v := b.frame(d)
	v["userProfilePK"], v["calendarDate"], v["maxStressLevel"], v["avgStressLevel"] = b.m.profile, date, nil, nil
	stress, battery := [][]any{}, [][]any{}
	if d.stress > 0 {
		v["maxStressLevel"], v["avgStressLevel"] = min(99, d.stress+50), d.stress
		for t := d.start; t.Before(d.seen); t = t.Add(30 * time.Minute) {
			stress = append(stress, []any{t.UnixMilli(), b.tension(d, t)})
			battery = append(battery, []any{t.UnixMilli(), "MEASURED", b.charged(d, t), 2.0})
		}
	}
	v["stressValueDescriptorsDTOList"], v["stressValuesArray"] = descriptors("", "timestamp", "stressLevel"), stress
	v["bodyBatteryValueDescriptorsDTOList"] = descriptors("bodyBatteryValueDescriptor", "timestamp", "bodyBatteryStatus", "bodyBatteryLevel", "bodyBatteryVersion")
	v["bodyBatteryValuesArray"] = battery
	return plain(v)
}

// tension is the stress at a moment: not told apart from sport then.
func (b *book) tension(d *day, t time.Time) int {
	for _, w := range d.sport {
		if !t.Before(w.start) && t.Before(w.end()) {
			return -2
		}
	}
	if d.night != nil && t.Before(d.night.to) {
		return 12
	}
	return d.stress
}

// charged is the body battery at a moment: up to the morning it fills.
func (b *book) charged(d *day, t time.Time) int {
	c, morning := d.battery, b.at(d.date, b.habit.wake)
	if d.night != nil {
		morning = d.night.to
	}
	if t.Before(morning) {
		part := t.Sub(d.start).Seconds() / morning.Sub(d.start).Seconds()
		return c.before + int(float64(c.wake-c.before)*part)
	}
	part := t.Sub(morning).Seconds() / max(1, d.seen.Sub(morning).Seconds())
	return c.wake - int(float64(c.drained)*part)
}

// batteries answers the body battery of some days.
func (b *book) batteries(days []string) reply {
	rows := []map[string]any{}
	for _, date := range days {
		d := b.day(date)
		row := b.frame(d)
		row["date"], row["charged"], row["drained"] = date, nil, nil
		row["bodyBatteryValueDescriptorDTOList"] = descriptors("bodyBatteryValueDescriptor", "timestamp", "bodyBatteryLevel")
		row["bodyBatteryDynamicFeedbackEvent"] = nil
		values := [][]any{}
		if c := d.battery; c.wake > 0 {
			row["charged"], row["drained"] = max(0, c.wake-c.before), c.drained
			values = b.levels(d)
		}
		row["bodyBatteryValuesArray"] = values
		rows = append(rows, row)
	}
	return plain(rows)
}

// levels are a day's body battery where its course bends: at the start, in the
// morning, as far as the watch has told.
func (b *book) levels(d *day) [][]any {
	morning := b.at(d.date, b.habit.wake)
	if d.night != nil {
		morning = d.night.to
	}
	noon := morning.Add(d.seen.Sub(morning) / 2)
	return [][]any{{d.start.UnixMilli(), d.battery.before}, {morning.UnixMilli(), d.battery.wake}, {noon.UnixMilli(), b.charged(d, noon)}, {d.seen.UnixMilli(), d.battery.now}}
}

func (b *book) stressDaily(days []string) reply {
	rows := []map[string]any{}
	for _, date := range days {
		if d := b.day(date); d.stress > 0 {
			v := map[string]any{}
			b.stressed(v, d)
			rows = append(rows, map[string]any{"calendarDate": date, "values": map[string]any{"overallStressLevel": d.stress, "restStressDuration": v["restStressDuration"],
				"lowStressDuration": v["lowStressDuration"], "mediumStressDuration": v["mediumStressDuration"], "highStressDuration": v["highStressDuration"]}})
		}
	}
	return plain(rows)
}
