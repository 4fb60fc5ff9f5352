package garmin

// The paths of the data host: the same in every region.
const (
	pathProfile    = "/userprofile-service/socialProfile"
	pathSettings   = "/userprofile-service/userprofile/settings"
	pathList       = "/activitylist-service/activities/search/activities"
	pathCount      = "/activitylist-service/activities/count"
	pathActivity   = "/activity-service/activity/"       // followed by an activity id
	pathOriginal   = "/download-service/files/activity/" // followed by an activity id
	pathExport     = "/download-service/export/"         // followed by a format, "/activity/" and an activity id
	pathLastUpload = "/device-service/deviceservice/mylastused"
)

// ticketGrant is the grant type of a ticket: the same text in every region.
const ticketGrant = "https://connectapi.garmin.com/di-oauth2-service/oauth/grant/service_ticket"
