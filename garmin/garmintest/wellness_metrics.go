package garmintest

import (
	"math"
	"strconv"
	"time"
)

// maxMet answers the days that have a VO2max.
func (b *book) maxMet(days []string) reply {
	rows := []map[string]any{}
	for _, date := range days {
		v := b.day(date).vo2max
		if v == 0 {
			continue
		}
		rows = append(rows, map[string]any{"userId": b.m.profile, "cycling": nil, "heatAltitudeAcclimation": nil,
			"generic": map[string]any{"calendarDate": date, "vo2MaxPreciseValue": v, "vo2MaxValue": math.Round(v), "fitnessAge": nil,
				"fitnessAgeDescription": nil, "maxMetCategory": 0}})
	}
	return jsonReply(200, rows)
}

// readiness answers how ready for training somebody was, newest first: in the
// morning, and again after each workout.
func (b *book) readiness(date string) reply {
	rows := []map[string]any{}
	n := b.told(date)
	if n == nil || !b.m.body.watch.traits().readiness {
		return jsonReply(200, rows)
	}
	score := min(98, max(4, n.score-int(b.load(after(date, -1), 3)/12)))
	rows = append(rows, b.ready(date, n, n.to.Add(b.rules.MorningSync), score, "AFTER_WAKEUP_RESET"))
	for _, w := range b.sport[date] {
		if !b.seen(date).Before(w.end()) {
			score = max(1, score-int(w.load/5))
			rows = append([]map[string]any{b.ready(date, n, w.end(), score, "AFTER_POST_EXERCISE_RESET")}, rows...)
		}
	}
	return jsonReply(200, rows)
}

func (b *book) ready(date string, n *night, at time.Time, score int, why string) map[string]any {
	level := "LOW"
	switch {
	case score >= 75:
		level = "HIGH"
	case score >= 50:
		level = "MODERATE"
	}
	mean, _ := b.usual(date, 7)
	return map[string]any{"userProfilePK": b.m.profile, "calendarDate": date, "timestamp": stamp(at), "timestampLocal": b.local(at), "deviceId": b.m.body.watch.id,
		"score": score, "level": level, "feedbackShort": level, "feedbackLong": level + "_1", "sleepScore": n.score, "sleepScoreFactorPercent": n.score,
		"recoveryTime": int(b.load(date, 2) * 9), "recoveryTimeFactorPercent": score, "acuteLoad": int(b.load(date, 7)), "acwrFactorPercent": 80,
		"hrvWeeklyAverage": int(math.Round(mean)), "hrvFactorPercent": 85, "stressHistoryFactorPercent": 75, "sleepHistoryFactorPercent": 70,
		"validSleep": true, "inputContext": why}
}

// trainingStatus answers what the watch makes of the weeks before; maps are by
// device, and null when it makes nothing of them.
func (b *book) trainingStatus(date string) reply {
	v := map[string]any{"userId": b.m.profile, "mostRecentVO2Max": nil, "mostRecentTrainingLoadBalance": nil, "mostRecentTrainingStatus": nil, "heatAltitudeAcclimationDTO": nil}
	for i := range 30 {
		if value := b.vo2max(after(date, -i)); value > 0 && b.now.After(b.at(date, 0)) {
			v["mostRecentVO2Max"] = map[string]any{"userId": b.m.profile, "cycling": nil, "heatAltitudeAcclimation": nil,
				"generic": map[string]any{"calendarDate": after(date, -i), "vo2MaxPreciseValue": value, "vo2MaxValue": math.Round(value), "fitnessAge": nil, "maxMetCategory": 0}}
			break
		}
	}
	if b.seen(date).IsZero() || !b.m.body.watch.traits().readiness {
		return jsonReply(200, v)
	}
	acute, chronic := b.load(date, 7), b.load(date, 28)/4
	id := strconv.FormatInt(b.m.body.watch.id, 10)
	v["mostRecentTrainingLoadBalance"] = map[string]any{"userId": b.m.profile, "recordedDevices": nil,
		"metricsTrainingLoadBalanceDTOMap": map[string]any{id: map[string]any{"calendarDate": date, "deviceId": b.m.body.watch.id,
			"monthlyLoadAerobicLow": chronic * 2.2, "monthlyLoadAerobicHigh": chronic * 1.3, "monthlyLoadAnaerobic": chronic * .5, "primaryTrainingDevice": true}}}
	status, phrase := judged(acute, chronic)
	v["mostRecentTrainingStatus"] = map[string]any{"userId": b.m.profile, "latestTrainingStatusData": map[string]any{id: map[string]any{"calendarDate": date,
		"deviceId": b.m.body.watch.id, "trainingStatus": status, "trainingStatusFeedbackPhrase": phrase, "primaryTrainingDevice": true,
		"acuteTrainingLoadDTO": map[string]any{"acwrPercent": int(60 * acute / max(chronic, 1)), "acwrStatus": "OPTIMAL",
			"dailyTrainingLoadAcute": int(acute), "dailyTrainingLoadChronic": int(chronic), "dailyAcuteChronicWorkloadRatio": round(acute/max(chronic, 1), 1)}}}}
	return jsonReply(200, v)
}

// judged names what the last week was beside the last four.
func judged(acute, chronic float64) (status int, phrase string) {
	switch ratio := acute / max(chronic, 1); {
	case ratio < .5:
		return 3, "RECOVERY_1"
	case ratio < .8:
		return 4, "MAINTAINING_2"
	case ratio < 1.5:
		return 7, "PRODUCTIVE_6"
	}
	return 2, "OVERREACHING_1"
}
