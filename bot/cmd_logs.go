package bot

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"clubrun/digest/locale"
)

// How many lines of the log are told, and how long each may be.
const (
	usualLines  = 10
	mostLines   = 20
	lineColumns = 160
)

// runLogs tells the operator the last warnings and errors.
func runLogs(ctx context.Context, t *turn, args []string) error {
	n := usualLines
	if len(args) > 0 {
		n, _ = strconv.Atoi(args[0])
	}
	lines := t.Desk.Complaints(min(max(n, 1), mostLines))
	if len(lines) == 0 {
		h, err := t.Desk.Health(ctx)
		if err != nil {
			return fmt.Errorf("health: %w", err)
		}
		t.say("bot.logs.none", "time", t.past(h.Since))
		return nil
	}
	var page strings.Builder
	for _, c := range lines {
		sign := "⚠️"
		if c.Error {
			sign = "❗"
		}
		fmt.Fprintf(&page, "\n%s %s %s", sign, c.At.In(t.zone).Format("01-02 15:04"), locale.Cut(unmarked(c.Text), lineColumns))
	}
	t.tell(t.loc.Say("bot.logs.head", "n", len(lines)) + page.String())
	return nil
}

// unmarked takes from a line what WhatsApp would take for formatting.
func unmarked(line string) string {
	return strings.NewReplacer("*", "∗", "_", "＿", "~", "∼", "`", "'", "\n", " ").Replace(line)
}
