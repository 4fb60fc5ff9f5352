package garmin

import "testing"

func TestEachKindHasAClassAndOneAnswerToARetry(t *testing.T) {
	for kind, want := range map[Kind]struct {
		class       Class
		retry, soon bool
	}{
		BadCredentials: {Authentication, false, false}, BadCode: {Authentication, false, false}, TooManyCodes: {Authentication, false, false},
		Expired: {Authentication, false, false}, Interaction: {Authentication, false, false}, BadTicket: {Authentication, false, false},
		TokenInactive: {Authentication, false, false}, InvalidGrant: {Authentication, false, false}, OtherRegion: {Authentication, false, false},
		RateLimited: {RateLimit, true, false}, Network: {NoNetwork, true, true},
		NotFound: {DataIntegrity, false, false}, NoData: {DataIntegrity, false, false}, Malformed: {DataIntegrity, false, false},
		Blocked: {ServiceDown, true, false}, Unavailable: {ServiceDown, true, true},
	} {
		e := &Error{Kind: kind}
		if kind.Class() != want.class || ClassOf(e) != want.class || e.Retry() != want.retry || e.Soon() != want.soon {
			t.Errorf("%s: class %s, retry %t, soon %t", kind, kind.Class(), e.Retry(), e.Soon())
		}
	}
	if ClassOf(nil) != "" {
		t.Error("no error has a class")
	}
}
