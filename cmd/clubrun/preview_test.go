package main

import "testing"

func TestAPicturesFileIsNamedAfterItsGroupInAnyScript(t *testing.T) {
	for name, want := range map[string]string{
		"Tuesday Runners": "tuesday-runners", "Dienstagsläufer & Freunde 🏃": "dienstagsläufer-freunde",
		"السبت": "السبت", "🏃🔥": "group", "": "group", "../../x": "x",
	} {
		if got := slug(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}
