package charts

import (
	"runtime"
	"slices"
	"testing"
)

// BenchmarkFonts tells what fonts weigh in memory once they are parsed: the
// text font, then those for other scripts, then emoji.
func BenchmarkFonts(b *testing.B) {
	weigh := func(files ...fontFile) float64 {
		var from, to runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&from)
		files = slices.Clone(files)
		for i := range files {
			files[i] = embedded(files[i].name)
			if _, err := files[i].parse(); err != nil {
				b.Fatal(err)
			}
		}
		runtime.GC()
		runtime.ReadMemStats(&to)
		runtime.KeepAlive(files)
		return float64(to.HeapAlloc-from.HeapAlloc) / (1 << 20)
	}
	for b.Loop() {
		b.ReportMetric(weigh(textFonts[:]...), "MB-text")
		var scripts []fontFile
		for _, s := range scriptFonts[:len(scriptFonts)-2] {
			scripts = append(scripts, s.fontFile)
		}
		b.ReportMetric(weigh(scripts...), "MB-scripts")
		b.ReportMetric(weigh(embedded("NotoSansCJKsc-Bold.otf")), "MB-cjk")
		b.ReportMetric(weigh(emojiFont), "MB-emoji")
	}
}
