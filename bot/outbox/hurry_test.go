package outbox

import (
	"reflect"
	"testing"
	"time"
)

func TestHurryDividesPausesAndPaces(t *testing.T) {
	calm, hurried := DefaultLimits(), DefaultLimits().Faster(1000)
	if hurried.Chat.Every != calm.Chat.Every/1000 || hurried.All[0].Every != calm.All[0].Every/1000 || hurried.Gap.Least != calm.Gap.Least/1000 || len(hurried.Unsolicited) != len(calm.Unsolicited) {
		t.Errorf("hurried limits %+v", hurried)
	}
	if hurried.Chat.Burst != calm.Chat.Burst {
		t.Errorf("a burst of %d, want %d", hurried.Chat.Burst, calm.Chat.Burst)
	}
	if got := (&Worker{Hurry: 1000}).pause(doubtWait); got != doubtWait/1000 {
		t.Errorf("pause %s", got)
	}
}

func TestWithoutHurryNothingIsShorter(t *testing.T) {
	if got := DefaultLimits().Faster(0); !reflect.DeepEqual(got, DefaultLimits()) {
		t.Errorf("limits %+v", got)
	}
	if got := (&Worker{}).pause(time.Minute); got != time.Minute {
		t.Errorf("pause %s", got)
	}
}
