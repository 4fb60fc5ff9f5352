package decode

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	mfit "github.com/muktihari/fit/decoder"
	"github.com/muktihari/fit/profile/filedef"
	"github.com/tormoder/fit"
)

// benchFile is one FIT file of a benchmark.
type benchFile struct {
	name string
	data []byte
}

// common returns the FIT files that all three decoders accept: of the corpus
// where it is here, else one that tormoder writes. Time is taken only of
// answers that have been compared.
func common(tb testing.TB) (files []benchFile, size int64) {
	tb.Helper()
	names, err := filepath.Glob(filepath.Join(corpus, "fit", "*"))
	if err != nil {
		tb.Fatal(err)
	}
	var all []benchFile
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			tb.Fatal(err)
		}
		all = append(all, benchFile{filepath.Base(name), data})
	}
	if len(all) == 0 {
		all = []benchFile{{"written", hour(tb)}}
	}
	for _, f := range all {
		if Format(f.data) == "fit" && tormoder(f.data) == nil && muktihari(f.data) == nil {
			files = append(files, f)
			size += int64(len(f.data))
		}
	}
	return files, size
}

func tormoder(data []byte) error {
	_, err := fit.Decode(bytes.NewReader(data))
	return err
}

// muktihari decodes into typed messages, with the checksum test off: with it
// on, valid files whose header has no checksum of its own are refused.
func muktihari(data []byte) error {
	listener := filedef.NewListener()
	defer listener.Close()
	d := mfit.New(bytes.NewReader(data), mfit.WithMesgListener(listener), mfit.WithBroadcastOnly(), mfit.WithIgnoreChecksum())
	for d.Next() {
		if _, err := d.Decode(); err != nil {
			return err
		}
		_ = listener.File()
	}
	return nil
}

func ours(data []byte) error {
	rec, err := readFIT(data)
	if err == nil && len(rec.Sessions) == 0 {
		err = io.ErrUnexpectedEOF
	}
	if errors.Is(err, ErrNoActivity) {
		return nil
	}
	return err
}

// hour is an hour's run at a record a second, as tormoder writes it.
func hour(tb testing.TB) []byte {
	tb.Helper()
	file, err := fit.NewFile(fit.FileTypeActivity, fit.NewHeader(fit.V20, true))
	if err != nil {
		tb.Fatal(err)
	}
	activity, err := file.Activity()
	if err != nil {
		tb.Fatal(err)
	}
	for i := range 3600 {
		r := fit.NewRecordMsg()
		r.Timestamp, r.HeartRate, r.Cadence, r.Power = morning.Add(time.Duration(i)*time.Second), uint8(120+i%50), 85, uint16(200+i%90)
		r.Distance, r.Speed, r.Altitude = uint32(i*290), 2900, uint16(2600+i%40)
		r.PositionLat, r.PositionLong = fit.NewLatitudeDegrees(50+float64(i)*1e-5), fit.NewLongitudeDegrees(8+float64(i)*1e-5)
		activity.Records = append(activity.Records, r)
	}
	s := fit.NewSessionMsg()
	s.Timestamp, s.StartTime, s.Sport, s.TotalDistance, s.TotalElapsedTime = morning.Add(time.Hour), morning, fit.SportRunning, 3599*290, 3_599_000
	activity.Sessions = append(activity.Sessions, s)
	activity.Activity = fit.NewActivityMsg()
	activity.Activity.Timestamp = morning.Add(time.Hour)
	var b bytes.Buffer
	if err := fit.Encode(&b, file, binary.LittleEndian); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// BenchmarkB1 decodes the common files with each decoder.
func BenchmarkB1(b *testing.B) {
	files, size := common(b)
	for _, d := range []struct {
		name   string
		decode func([]byte) error
	}{{"ours", ours}, {"tormoder", tormoder}, {"muktihari", muktihari}} {
		b.Run(d.name, func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				for _, f := range files {
					if err := d.decode(f.data); err != nil {
						b.Fatal(f.name, err)
					}
				}
			}
		})
	}
	b.Run("paired-tormoder", func(b *testing.B) { paired(b, files, tormoder) })
	b.Run("paired-muktihari", func(b *testing.B) { paired(b, files, muktihari) })
}

// paired takes turns, ours and another on all files, and reports the median of
// the turns' ratios. Each turn begins with a collected heap, so that nobody
// sweeps up after the other.
func paired(b *testing.B, files []benchFile, other func([]byte) error) {
	round := func(decode func([]byte) error) float64 {
		runtime.GC()
		began := time.Now()
		for _, f := range files {
			if err := decode(f.data); err != nil {
				b.Fatalf("%s: %v", f.name, err)
			}
		}
		return float64(time.Since(began))
	}
	var ratios []float64
	for b.Loop() {
		ratios = append(ratios, round(ours)/round(other))
	}
	slices.Sort(ratios)
	b.ReportMetric(ratios[len(ratios)/2], "ratio")
}
