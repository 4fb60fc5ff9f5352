package garmintest

import (
	"math"
	"net/http"
	"time"
)

// sleep answers the night that ended on a day; without one all is null.
func (b *book) sleep(date string) reply {
	n := b.told(date)
	dto := map[string]any{"id": nil, "userProfilePK": b.m.profile, "calendarDate": date}
	for _, key := range []string{"sleepTimeSeconds", "napTimeSeconds", "sleepStartTimestampGMT", "sleepEndTimestampGMT", "sleepStartTimestampLocal", "sleepEndTimestampLocal",
		"deepSleepSeconds", "lightSleepSeconds", "remSleepSeconds", "awakeSleepSeconds", "unmeasurableSleepSeconds", "averageSpO2Value", "averageRespirationValue",
		"avgSleepStress", "sleepScores", "sleepNeed"} {
		dto[key] = nil
	}
	v := map[string]any{"dailySleepDTO": dto, "sleepMovement": nil, "sleepLevels": nil, "remSleepData": true, "restingHeartRate": nil,
		"avgOvernightHrv": nil, "hrvStatus": nil, "bodyBatteryChange": nil, "restlessMomentsCount": nil}
	if n == nil {
		return plain(v)
	}
	b.describe(dto, n)
	v["sleepLevels"], v["sleepMovement"] = levelsOf(n), []any{}
	d := b.day(date)
	v["restingHeartRate"], v["avgOvernightHrv"], v["hrvStatus"] = some(d.rest), some(float64(n.hrv)), b.balance(date, n)
	v["bodyBatteryChange"] = some(max(0, d.battery.wake-d.battery.before))
	return plain(v)
}

func (b *book) describe(dto map[string]any, n *night) {
	dto["id"], dto["sleepTimeSeconds"], dto["napTimeSeconds"] = n.from.UnixMilli(), n.asleep(), 0
	dto["sleepStartTimestampGMT"], dto["sleepEndTimestampGMT"] = n.from.UnixMilli(), n.to.UnixMilli()
	dto["sleepStartTimestampLocal"], dto["sleepEndTimestampLocal"] = b.fake(n.from), b.fake(n.to)
	dto["deepSleepSeconds"], dto["lightSleepSeconds"], dto["remSleepSeconds"], dto["awakeSleepSeconds"] = n.deep, n.light, n.rem, n.awake
	dto["unmeasurableSleepSeconds"], dto["averageSpO2Value"], dto["averageRespirationValue"] = 0, float64(n.oxygen), n.breath
	dto["avgSleepStress"] = 17.0
	dto["sleepScores"] = map[string]any{"overall": map[string]any{"value": n.score, "qualifierKey": quality(n.score)}}
	dto["sleepNeed"] = map[string]any{"userProfilePk": b.m.profile, "baseline": 480, "actual": 480}
}

// levelsOf are the phases of a night, one after the other: 0 is deep, 1 light,
// 2 REM, 3 awake.
func levelsOf(n *night) []map[string]any {
	rows := []map[string]any{}
	at := n.from
	for _, part := range []struct {
		seconds int
		level   float64
	}{{n.light / 2, 1}, {n.deep, 0}, {n.rem, 2}, {n.awake, 3}, {n.light - n.light/2, 1}} {
		end := at.Add(time.Duration(part.seconds) * time.Second)
		rows = append(rows, map[string]any{"startGMT": stamp(at), "endGMT": stamp(end), "activityLevel": part.level})
		at = end
	}
	return rows
}

// sleepDaily answers the nights of a span; days without one are left out.
func (b *book) sleepDaily(days []string) reply {
	var rows []map[string]any
	var slept, score float64
	for _, date := range days {
		n := b.told(date)
		if n == nil {
			continue
		}
		d := b.day(date)
		slept, score = slept+float64(n.asleep()), score+float64(n.score)
		rows = append(rows, map[string]any{"calendarDate": date, "values": map[string]any{
			"totalSleepTimeInSeconds": n.asleep(), "deepTime": n.deep, "lightTime": n.light, "remTime": n.rem, "awakeTime": n.awake,
			"sleepScore": n.score, "sleepScoreQuality": quality(n.score), "restingHeartRate": some(d.rest), "respiration": n.breath, "spO2": float64(n.oxygen),
			"avgOvernightHrv": some(float64(n.hrv)), "hrvStatus": b.balance(date, n), "sleepNeed": 480, "bodyBatteryChange": some(max(0, d.battery.wake-d.battery.before)),
			"gmtSleepStartTimeInMillis": n.from.UnixMilli(), "gmtSleepEndTimeInMillis": n.to.UnixMilli(),
			"localSleepStartTimeInMillis": b.fake(n.from), "localSleepEndTimeInMillis": b.fake(n.to)}})
	}
	if rows == nil {
		return plain(map[string]any{"overallStats": nil, "individualStats": nil})
	}
	count := float64(len(rows))
	return plain(map[string]any{"overallStats": map[string]any{"averageSleepSeconds": math.Round(slept / count), "averageSleepScore": round(score/count, 1)}, "individualStats": rows})
}

func (b *book) sleepScores(days []string) reply {
	rows := []map[string]any{}
	for _, date := range days {
		if n := b.told(date); n != nil {
			rows = append(rows, map[string]any{"calendarDate": date, "value": n.score})
		}
	}
	return plain(rows)
}

// balance is the word for the HRV of the last week; null without any.
func (b *book) balance(date string, n *night) any {
	if n.hrv == 0 {
		return nil
	}
	mean, _ := b.usual(date, 7)
	long, nights := b.usual(date, 28)
	switch {
	case nights < 15:
		return "NONE"
	case mean < long-7:
		return "LOW"
	case math.Abs(mean-long) > 4:
		return "UNBALANCED"
	}
	return "BALANCED"
}

// variation is the summary of a night's HRV; nil when there is none.
func (b *book) variation(date string) map[string]any {
	n := b.told(date)
	if n == nil || n.hrv == 0 {
		return nil
	}
	mean, _ := b.usual(date, 7)
	long, nights := b.usual(date, 28)
	v := map[string]any{"calendarDate": date, "weeklyAvg": int(math.Round(mean)), "lastNightAvg": n.hrv, "lastNight5MinHigh": n.hrv + 14, "baseline": nil,
		"status": b.balance(date, n), "feedbackPhrase": "HRV_BALANCED_5", "createTimeStamp": stamp(n.to)}
	if nights >= 15 {
		usual := int(math.Round(long))
		v["baseline"] = map[string]any{"lowUpper": usual - 8, "balancedLow": usual - 5, "balancedUpper": usual + 6, "markerValue": .5}
	}
	return v
}

func (b *book) hrv(date string) reply {
	sum := b.variation(date)
	if sum == nil {
		return reply{status: http.StatusNoContent}
	}
	n := b.told(date)
	readings := []map[string]any{}
	wave := noise(draw(b.seed, "waves", mailKey(b.m.Email), date).Uint64())
	for t := n.from.Add(5 * time.Minute); t.Before(n.to); t = t.Add(5 * time.Minute) {
		readings = append(readings, map[string]any{"hrvValue": n.hrv + int(12*wave.next()), "readingTimeGMT": stamp(t), "readingTimeLocal": b.local(t)})
	}
	return plain(map[string]any{"userProfilePk": b.m.profile, "hrvSummary": sum, "hrvReadings": readings,
		"startTimestampGMT": stamp(n.from), "endTimestampGMT": stamp(n.to), "startTimestampLocal": b.local(n.from), "endTimestampLocal": b.local(n.to),
		"sleepStartTimestampGMT": stamp(n.from), "sleepEndTimestampGMT": stamp(n.to), "sleepStartTimestampLocal": b.local(n.from), "sleepEndTimestampLocal": b.local(n.to)})
}

func (b *book) hrvDaily(days []string) reply {
	rows := []map[string]any{}
	for _, date := range days {
		if v := b.variation(date); v != nil {
			rows = append(rows, v)
		}
	}
	if len(rows) == 0 && b.rules.HRVNoneStatus != http.StatusOK {
		return reply{status: b.rules.HRVNoneStatus}
	}
	return plain(map[string]any{"hrvSummaries": rows, "userProfilePk": b.m.profile})
}

// oxygen answers the blood's oxygen of the night.
func (b *book) oxygen(date string) reply {
	v := b.frame(b.day(date))
	v["userProfilePK"], v["calendarDate"], v["averageSpO2"], v["lowestSpO2"], v["avgSleepSpO2"] = b.m.profile, date, nil, nil, nil
	v["lastSevenDaysAvgSpO2"], v["spO2HourlyAverages"] = nil, nil
	if n := b.told(date); n != nil {
		v["averageSpO2"], v["lowestSpO2"], v["avgSleepSpO2"], v["lastSevenDaysAvgSpO2"] = float64(n.oxygen), n.oxygen-5, float64(n.oxygen), "95.4"
	}
	return plain(v)
}

// breath answers how fast somebody breathed.
func (b *book) breath(date string) reply {
	v := b.frame(b.day(date))
	v["userProfilePK"], v["calendarDate"], v["lowestRespirationValue"], v["highestRespirationValue"] = b.m.profile, date, nil, nil
	v["avgWakingRespirationValue"], v["avgSleepRespirationValue"], v["respirationValuesArray"] = nil, nil, nil
	if n := b.told(date); n != nil {
		v["lowestRespirationValue"], v["highestRespirationValue"] = n.breath-3, n.breath+7
		v["avgWakingRespirationValue"], v["avgSleepRespirationValue"] = n.breath+1, n.breath
	}
	return plain(v)
}
