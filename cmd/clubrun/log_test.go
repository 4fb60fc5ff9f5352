package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A line of the log that is written where there is a context hands it on, and
// first of all: from it the line has its cause.
func TestEveryLineOfTheLogKnowsItsContext(t *testing.T) {
	lines := 0
	for _, room := range []string{"bot", "digest", "garmin", "store"} {
		err := filepath.WalkDir(filepath.Join("../..", room), func(path string, d fs.DirEntry, err error) error {
			if d != nil && d.IsDir() && slices.ContainsFunc(simulated, func(s string) bool { return strings.HasSuffix(filepath.ToSlash(path), s) }) {
				return fs.SkipDir
			}
			if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
				return err
			}
			files := token.NewFileSet()
			file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			for _, decl := range file.Decls {
				f, is := decl.(*ast.FuncDecl)
				if !is || !hasContext(f.Type) {
					continue
				}
				ast.Inspect(f, func(n ast.Node) bool {
					if sel, is := n.(*ast.SelectorExpr); is && beginsLine(sel.X) {
						if lines++; sel.Sel.Name != "Ctx" {
							t.Errorf("%s: the line does not begin with Ctx(ctx)", files.Position(sel.Pos()))
						}
					}
					return true
				})
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if lines < 30 {
		t.Errorf("only %d lines were found", lines)
	}
}

func hasContext(f *ast.FuncType) bool {
	return slices.ContainsFunc(f.Params.List, func(p *ast.Field) bool {
		sel, is := p.Type.(*ast.SelectorExpr)
		return is && sel.Sel.Name == "Context"
	})
}

// beginsLine says whether an expression is a call such as x.Log.Warn().
func beginsLine(e ast.Expr) bool {
	call, is := e.(*ast.CallExpr)
	if !is {
		return false
	}
	level, is := call.Fun.(*ast.SelectorExpr)
	if !is || !slices.Contains([]string{"Trace", "Debug", "Info", "Warn", "Error"}, level.Sel.Name) {
		return false
	}
	switch log := level.X.(type) {
	case *ast.SelectorExpr:
		return strings.EqualFold(log.Sel.Name, "log")
	case *ast.Ident:
		return log.Name == "log"
	}
	return false
}
