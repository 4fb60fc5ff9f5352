package garmintest

import (
	"math"
	"net/http"
	"net/url"
	"time"
)

// summary answers the day as a whole. A day of which nothing is known has
// nulls.
func (b *book) summary(date string) reply {
	d := b.day(date)
	var highest, lowest, now, charged, drained, wake any
	if c := d.battery; c.wake > 0 {
		highest, lowest, now, wake = max(c.wake, c.before), min(c.now, c.before), c.now, c.wake
		charged, drained = max(0, c.wake-c.before), c.drained
	}
	v := map[string]any{
		"userProfileId": b.m.profile, "calendarDate": date, "uuid": nil, "source": "GARMIN", "privacyProtected": false,
		"rule": map[string]any{"typeId": 2, "typeKey": "private"}, "includesWellnessData": d.told(), "includesActivityData": len(d.sport) > 0,
		"dailyStepGoal": d.goal, "intensityMinutesGoal": weekGoal, "userFloorsAscendedGoal": 10, "durationInMilliseconds": d.or(d.seen.Sub(d.start).Milliseconds()),
		"totalSteps": d.or(d.steps), "totalDistanceMeters": d.or(int(d.walked)), "floorsAscended": d.or(d.floors), "floorsDescended": d.or(d.floors),
		"totalKilocalories": d.or(d.active + d.bmr), "activeKilocalories": d.or(d.active), "bmrKilocalories": d.or(d.bmr),
		"restingHeartRate": some(d.rest), "lastSevenDaysAvgRestingHeartRate": b.restOfWeek(date), "minHeartRate": some(d.low), "maxHeartRate": some(d.high),
		"moderateIntensityMinutes": d.or(d.moderate), "vigorousIntensityMinutes": d.or(d.vigorous),
		"bodyBatteryChargedValue": charged, "bodyBatteryDrainedValue": drained, "bodyBatteryHighestValue": highest,
		"bodyBatteryLowestValue": lowest, "bodyBatteryMostRecentValue": now, "bodyBatteryAtWakeTime": wake, "averageSpo2": nil,
		"wellnessStartTimeGmt": stamp(d.start), "wellnessStartTimeLocal": b.local(d.start), "wellnessEndTimeGmt": nil, "wellnessEndTimeLocal": nil,
	}
	if d.told() {
		v["wellnessEndTimeGmt"], v["wellnessEndTimeLocal"] = stamp(d.seen), b.local(d.seen)
	}
	if d.night != nil {
		v["averageSpo2"] = float64(d.night.oxygen)
	}
	b.hours(v, d)
	b.stressed(v, d)
	return plain(v)
}

// hours adds how the seconds of a day were spent.
func (b *book) hours(v map[string]any, d *day) {
	slept, sport := 0, 0.0
	if d.night != nil {
		slept = d.night.asleep()
	}
	for _, w := range d.sport {
		sport += w.timer
	}
	whole := d.seen.Sub(d.start).Seconds()
	active := math.Min(float64(d.steps)*.4, math.Max(0, whole-float64(slept)-sport))
	v["sleepingSeconds"], v["highlyActiveSeconds"], v["activeSeconds"] = d.or(slept), d.or(int(sport)), d.or(int(active))
	v["sedentarySeconds"] = d.or(max(0, int(whole)-slept-int(sport)-int(active)))
}

// stressed adds what is known of a day's stress; a negative mean says that
// there was not enough to tell.
func (b *book) stressed(v map[string]any, d *day) {
	v["averageStressLevel"], v["maxStressLevel"], v["stressQualifier"] = nil, nil, nil
	v["lowStressDuration"], v["mediumStressDuration"], v["highStressDuration"], v["restStressDuration"] = nil, nil, nil, nil
	switch {
	case !d.told():
		return
	case d.stress == 0:
		v["averageStressLevel"], v["maxStressLevel"] = -1, -1
		return
	}
	waking := int(60 * math.Round(b.awake(d)*14*60))
	high, medium := waking*(d.stress-20)/100, waking*d.stress/100
	v["averageStressLevel"], v["maxStressLevel"], v["stressQualifier"] = d.stress, min(99, d.stress+50), "BALANCED"
	v["highStressDuration"], v["mediumStressDuration"], v["lowStressDuration"] = high, medium, (waking-high-medium)/2
	v["restStressDuration"] = waking - high - medium - (waking-high-medium)/2
	if d.night != nil {
		v["restStressDuration"] = v["restStressDuration"].(int) + d.night.asleep()
	}
}

// restOfWeek is the mean resting heart rate of seven days.
func (b *book) restOfWeek(date string) any {
	sum, n := 0, 0
	for i := range 7 {
		if d := b.day(after(date, -i)); d.rest > 0 {
			sum, n = sum+d.rest, n+1
		}
	}
	if n == 0 {
		return nil
	}
	return int(math.Round(float64(sum) / float64(n)))
}

func (b *book) stepsDaily(days []string) reply {
	rows := []map[string]any{}
	for _, date := range days {
		d := b.day(date)
		rows = append(rows, map[string]any{"calendarDate": date, "totalSteps": d.or(d.steps), "totalDistance": d.or(int(d.walked)), "stepGoal": d.goal})
	}
	return plain(rows)
}

func (b *book) stepsWeekly(rest string, _ url.Values) reply {
	first, ok := weeks(rest)
	if !ok {
		return badRequest(http.StatusBadRequest)
	}
	rows := []map[string]any{}
	for _, date := range first {
		var steps, walked, n float64
		for i := range 7 {
			if d := b.day(after(date, i)); d.told() {
				steps, walked, n = steps+float64(d.steps), walked+d.walked, n+1
			}
		}
		rows = append(rows, map[string]any{"calendarDate": date, "values": map[string]any{"totalSteps": steps, "averageSteps": steps / max(n, 1),
			"totalDistance": walked, "averageDistance": walked / max(n, 1), "wellnessDataDaysCount": int(n)}})
	}
	return plain(rows)
}

// quarters answers the steps of each quarter of an hour; they add up to the
// day's.
func (b *book) quarters(date string) reply {
	d := b.day(date)
	rows := []map[string]any{}
	n := int(d.seen.Sub(d.start) / (15 * time.Minute))
	first := int(b.at(date, b.habit.wake).Sub(d.start) / (15 * time.Minute))
	given := 0
	for i := range max(n, 0) {
		from := d.start.Add(time.Duration(i) * 15 * time.Minute)
		level, steps := "sleeping", 0
		if i >= first {
			steps = d.steps*(i+1-first)/max(n-first, 1) - given
			given, level = given+steps, "sedentary"
			if steps > 100 {
				level = "active"
			}
		}
		rows = append(rows, map[string]any{"startGMT": stamp(from), "endGMT": stamp(from.Add(15 * time.Minute)), "steps": steps, "pushes": 0,
			"primaryActivityLevel": level, "activityLevelConstant": false})
	}
	return plain(rows)
}

// floors answers the floors of a day, up and down, in one stretch.
func (b *book) floors(date string) reply {
	d := b.day(date)
	values := [][]any{}
	if d.told() {
		values = append(values, []any{stamp(d.start), stamp(d.seen), int(d.floors), int(d.floors)})
	}
	return plain(map[string]any{"startTimestampGMT": stamp(d.start), "endTimestampGMT": stamp(d.end), "startTimestampLocal": b.local(d.start), "endTimestampLocal": b.local(d.end),
		"floorsValueDescriptorDTOList": descriptors("", "startTimeGMT", "endTimeGMT", "floorsAscended", "floorsDescended"), "floorValuesArray": values})
}

// descriptors name the columns of an array; some services put a word before
// key and index.
func descriptors(word string, keys ...string) []map[string]any {
	index, key := "index", "key"
	if word != "" {
		index, key = word+"Index", word+"Key"
	}
	var rows []map[string]any
	for i, k := range keys {
		rows = append(rows, map[string]any{index: i, key: k})
	}
	return rows
}

// week is the Monday of a day's week.
func week(date string) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return after(date, -(int(t.Weekday())+6)%7)
}

// effort answers the minutes of effort of a day, and of its week so far.
func (b *book) effort(date string) reply {
	d := b.day(date)
	moderate, vigorous := 0, 0
	for day := week(date); day <= date; day = after(day, 1) {
		one := b.day(day)
		moderate, vigorous = moderate+one.moderate, vigorous+one.vigorous
	}
	total := moderate + 2*vigorous
	return plain(map[string]any{"userProfilePK": b.m.profile, "calendarDate": date, "startTimestampGMT": stamp(d.start), "endTimestampGMT": stamp(d.end),
		"startTimestampLocal": b.local(d.start), "endTimestampLocal": b.local(d.end), "weeklyModerate": moderate, "weeklyVigorous": vigorous,
		"weeklyTotal": total, "weekGoal": weekGoal, "dayOfGoalMet": nil, "startDayMinutes": total - d.moderate - 2*d.vigorous, "endDayMinutes": total,
		"moderateMinutes": d.or(d.moderate), "vigorousMinutes": d.or(d.vigorous),
		"imValueDescriptorsDTOList": descriptors("", "timestamp", "value"), "imValuesArray": [][]any{}})
}

func (b *book) effortDaily(days []string) reply {
	rows := []map[string]any{}
	for _, date := range days {
		d := b.day(date)
		rows = append(rows, map[string]any{"calendarDate": date, "weeklyGoal": weekGoal, "moderateValue": d.or(d.moderate), "vigorousValue": d.or(d.vigorous)})
	}
	return plain(rows)
}

// effortWeekly sums up the weeks that begin within a span.
func (b *book) effortWeekly(days []string) reply {
	rows := []map[string]any{}
	for i := 0; i < len(days); i += 7 {
		moderate, vigorous := 0, 0
		for k := range 7 {
			d := b.day(after(days[i], k))
			moderate, vigorous = moderate+d.moderate, vigorous+d.vigorous
		}
		rows = append(rows, map[string]any{"calendarDate": days[i], "weeklyGoal": weekGoal, "moderateValue": moderate, "vigorousValue": vigorous})
	}
	return plain(rows)
}
