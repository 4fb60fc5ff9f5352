package garmin

import "net/url"

// Wire is the one table of what Garmin's own apps say on the wire: hosts,
// paths, client ids and user agents. It changes when Garmin changes; it is not
// a setting of a person or an instance.
type Wire struct {
	SSO  string // host of the sign-in pages and their JSON
	Auth string // host that exchanges tickets and refresh tokens
	API  string // host of all data

	LoginClient  string // client id of the JSON sign-in
	LoginService string // service that the ticket of a JSON sign-in is for
	LoginPage    string // the page that a browser visits first
	LoginPath    string
	CodePath     string
	LoginAgent   string // user agent of the sign-in
	EmbedPath    string // the page on which a person signs in with a browser

	TokenPath   string
	TokenClient string // client id of the token exchange: the newest one only, for a ticket works once
	TicketGrant string // grant type; the same text in every region

	ProfilePath    string
	SettingsPath   string
	ListPath       string
	CountPath      string
	ActivityPath   string // followed by an activity id
	OriginalPath   string // followed by an activity id
	ExportPath     string // followed by a format, "/activity/" and an activity id
	LastUploadPath string

	Native []Header // headers of every call to Auth and API
}

// Header is one request header.
type Header struct{ Name, Value string }

// DefaultWire returns what Garmin Connect's world region speaks.
func DefaultWire() Wire {
	return Wire{
		SSO:  "sso.garmin.com",
		Auth: "diauth.garmin.com",
		API:  "connectapi.garmin.com",

		LoginClient:  "GCM_IOS_DARK",
		LoginService: "https://mobile.integration.garmin.com/gcm/ios",
		LoginPage:    "/mobile/sso/en_US/sign-in",
		LoginPath:    "/mobile/api/login",
		CodePath:     "/mobile/api/mfa/verifyCode",
		LoginAgent:   "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
		EmbedPath:    "/sso/embed",

		TokenPath:   "/di-oauth2-service/oauth/token",
		TokenClient: "GARMIN_CONNECT_MOBILE_ANDROID_DI_2025Q2",
		TicketGrant: "https://connectapi.garmin.com/di-oauth2-service/oauth/grant/service_ticket",

		ProfilePath:    "/userprofile-service/socialProfile",
		SettingsPath:   "/userprofile-service/userprofile/settings",
		ListPath:       "/activitylist-service/activities/search/activities",
		CountPath:      "/activitylist-service/activities/count",
		ActivityPath:   "/activity-service/activity/",
		OriginalPath:   "/download-service/files/activity/",
		ExportPath:     "/download-service/export/",
		LastUploadPath: "/device-service/deviceservice/mylastused",

		Native: nativeHeaders(),
	}
}

// nativeHeaders are those of Garmin's Android app.
func nativeHeaders() []Header {
	return []Header{
		{"User-Agent", "GCM-Android-5.23"},
		{"X-Garmin-User-Agent", "com.garmin.android.apps.connectmobile/5.23; ; Google/sdk_gphone64_arm64/google; Android/33; Dalvik/2.1.0"},
		{"X-Garmin-Paired-App-Version", "10861"},
		{"X-Garmin-Client-Platform", "Android"},
		{"X-App-Ver", "10861"},
		{"X-Lang", "en"},
		{"X-GCExperience", "GC5"},
		{"Accept-Language", "en-US,en;q=0.9"},
	}
}

// embed returns the service of a browser sign-in.
func (w Wire) embed() string { return "https://" + w.SSO + w.EmbedPath }

// loginQuery says who signs in, for what.
func (w Wire) loginQuery() string {
	return "clientId=" + url.QueryEscape(w.LoginClient) + "&locale=en-US&service=" + url.QueryEscape(w.LoginService)
}
