package garmin

// Region is where an account lives. Garmin keeps two user databases that know
// nothing of each other, each behind hosts of its own.
type Region string

// The regions.
const (
	World Region = ""   // garmin.com
	China Region = "cn" // garmin.cn
)

// RegionNamed returns the region of a name: "cn" is China, nothing is the
// world; ok is false for any other.
func RegionNamed(name string) (r Region, ok bool) {
	switch r = Region(name); r {
	case World, China:
		return r, true
	}
	return World, false
}

// hosts are the names that are asked. They are fixed: whoever could set them
// would receive passwords and tokens.
type hosts struct {
	sso    string // sign-in pages and their JSON
	auth   string // exchanges tickets and refresh tokens
	api    string // all data
	mobile string // service of the app's sign-in; never asked, only named
}

func (r Region) hosts() hosts {
	if r == China {
		return hosts{"sso.garmin.cn", "diauth.garmin.cn", "connectapi.garmin.cn", "mobile.integration.garmin.cn"}
	}
	return hosts{"sso.garmin.com", "diauth.garmin.com", "connectapi.garmin.com", "mobile.integration.garmin.com"}
}
