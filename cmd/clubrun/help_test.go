package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

func TestEveryCommandIsExplainedWithAnExample(t *testing.T) {
	var walk func(path []string, cmd *cobra.Command)
	walk = func(path []string, cmd *cobra.Command) {
		var out, errs bytes.Buffer
		if code := execute(t.Context(), append(path, "--help"), nil, &out, &errs); code != exitOK || errs.Len() > 0 {
			t.Errorf("%s --help: exit code %d, %s", cmd.CommandPath(), code, errs.String())
		}
		if !strings.Contains(out.String(), "Examples:\n  clubrun") {
			t.Errorf("%s --help has no example", cmd.CommandPath())
		}
		if cmd.Short == "" && cmd.HasParent() {
			t.Errorf("%s has no line in the list of commands", cmd.CommandPath())
		}
		for _, c := range cmd.Commands() {
			if !c.Hidden {
				walk(append(path[:len(path):len(path)], c.Name()), c)
			}
		}
	}
	walk(nil, rootCommand())
}
