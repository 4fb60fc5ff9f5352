package garmintest

import (
	"fmt"
	"time"
)

func (m *member) units() string {
	if m.Units == "" {
		return "metric"
	}
	return m.Units
}

func (m *member) locale() string {
	if m.Locale == "" {
		return "en"
	}
	return m.Locale
}

// profileOf is the account's own profile, without what nobody has filled in
// where it was never opened.
func (s *Server) profileOf(m *member) map[string]any {
	p := m.socialProfile()
	if s.trouble.is("unopened") || m.trouble.is("unopened") {
		for _, key := range []string{"profileId", "displayName", "fullName", "userProfileFullName"} {
			p[key] = nil
		}
	}
	return p
}

func (m *member) socialProfile() map[string]any {
	image := "https://s3.amazonaws.com/garmin-connect-prod/profile_images/" + m.guid
	return map[string]any{
		"id": m.profile + 560000, "profileId": m.profile, "garminGUID": m.guid, "displayName": m.display, "fullName": m.Name,
		"userName": m.Email, "profileImageType": "UPLOADED_PHOTO", "profileImageUrlSmall": image + "-s.png",
		"profileImageUrlMedium": image + "-m.png", "profileImageUrlLarge": image + "-l.png",
		"location": nil, "bio": nil, "primaryActivity": nil, "favoriteActivityTypes": []string{},
		"profileVisibility": "private", "activityStartVisibility": "private", "activityMapVisibility": "public",
		"userRoles": []string{"SCOPE_CONNECT_READ", "SCOPE_CONNECT_WRITE", "ROLE_CONNECTUSER"}, "nameApproved": true,
		"userProfileFullName": m.Name, "userLevel": 3, "userPoint": 118, "userPro": false,
	}
}

func (m *member) settings() map[string]any {
	return map[string]any{
		"displayName": m.display, "preferredLocale": m.locale(), "measurementSystem": m.units(), "firstDayOfWeek": firstDay(),
		"numberFormat": "decimal_period", "timeFormat": map[string]any{"formatId": 32, "formatKey": "time_twenty_four_hr"},
		"dateFormat": map[string]any{"formatId": 23, "formatKey": "mmddyyyy"}, "timeZone": m.Zone.String(),
	}
}

func firstDay() map[string]any {
	return map[string]any{"dayId": 3, "dayName": "monday", "sortOrder": 3, "isPossibleFirstDay": true}
}

func (m *member) userSettings() map[string]any {
	b := m.body
	gender := "MALE"
	if b.female {
		gender = "FEMALE"
	}
	return map[string]any{
		"id": m.profile,
		"userData": map[string]any{
			"gender": gender, "weight": b.weight * 1000, "height": b.height, "timeFormat": "time_twenty_four_hr",
			"birthDate": fmt.Sprintf("%d-04-01", b.born), "measurementSystem": m.units(), "handedness": "RIGHT",
			"powerFormat":     map[string]any{"formatId": 30, "formatKey": "watt"},
			"heartRateFormat": map[string]any{"formatId": 21, "formatKey": "bpm"},
			"firstDayOfWeek":  firstDay(), "vo2MaxRunning": round(28+20*b.ability, 0), "vo2MaxCycling": nil,
			"hydrationMeasurementUnit": "milliliter",
		},
		"userSleep":   map[string]any{"sleepTime": 82800, "defaultSleepTime": false, "wakeTime": 25200, "defaultWakeTime": false},
		"connectDate": nil, "sourceType": nil,
	}
}

// lastUsed is the cheap question whether anything is new.
func (s *Server) lastUsed(m *member) reply {
	var newest *workout
	for _, w := range s.workouts(m, s.now()) {
		if !w.manual && (newest == nil || w.uploaded.After(newest.uploaded)) {
			newest = w
		}
	}
	if newest == nil {
		return reply{status: 204}
	}
	d := newest.device
	return jsonReply(200, map[string]any{
		"userDeviceId": d.id, "userProfileNumber": m.profile, "applicationNumber": int(d.product), "lastUsedDeviceApplicationKey": d.key,
		"lastUsedDeviceName": d.name, "lastUsedDeviceUploadTime": newest.uploaded.Truncate(time.Second).UnixMilli(),
		"imageUrl": "https://static.garmincdn.com/com.garmin.connect/content/images/device-images/" + d.key + ".png", "released": true,
	})
}
