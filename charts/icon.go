package charts

import (
	"embed"
	"encoding/xml"
	"fmt"
	"image/color"
	"path"
	"strings"
	"sync"
)

//go:embed icons/*.svg
var iconFiles embed.FS

// iconSize is the side of the square in which icons are drawn in their files.
const iconSize = 24.0

// loadIcons reads the paths of all icons, by file name without ending.
var loadIcons = sync.OnceValues(func() (map[string][]segment, error) {
	files, err := iconFiles.ReadDir("icons")
	if err != nil {
		return nil, fmt.Errorf("icons: %w", err)
	}
	icons := make(map[string][]segment, len(files))
	for _, f := range files {
		b, err := iconFiles.ReadFile(path.Join("icons", f.Name()))
		if err != nil {
			return nil, fmt.Errorf("icons: %w", err)
		}
		segs, err := readIcon(b)
		if err != nil {
			return nil, fmt.Errorf("icon %s: %w", f.Name(), err)
		}
		icons[strings.TrimSuffix(f.Name(), ".svg")] = segs
	}
	return icons, nil
})

// readIcon reads the paths and circles of an SVG file.
func readIcon(b []byte) ([]segment, error) {
	var doc struct {
		Paths []struct {
			D string `xml:"d,attr"`
		} `xml:"path"`
		Circles []struct {
			X float64 `xml:"cx,attr"`
			Y float64 `xml:"cy,attr"`
			R float64 `xml:"r,attr"`
		} `xml:"circle"`
	}
	if err := xml.Unmarshal(b, &doc); err != nil {
		return nil, err
	}
	var out []segment
	for _, p := range doc.Paths {
		segs, err := parsePath(p.D)
		if err != nil {
			return nil, err
		}
		out = append(out, segs...)
	}
	for _, o := range doc.Circles {
		segs, err := parsePath(fmt.Sprintf("M%g %ga%g %g 0 1 0 %g 0a%g %g 0 1 0 %g 0z", o.X-o.R, o.Y, o.R, o.R, 2*o.R, o.R, o.R, -2*o.R))
		if err != nil {
			return nil, err
		}
		out = append(out, segs...)
	}
	return out, nil
}

// icon draws an icon in a square of the given side around x, y.
func (c *canvas) icon(name string, x, y, side float64, col color.NRGBA) {
	k := side / iconSize
	ox, oy := x-side/2, y-side/2
	for _, s := range c.icons[name] {
		p := s.p
		switch s.op {
		case 'M':
			c.moveTo(ox+p[0]*k, oy+p[1]*k)
		case 'L':
			c.lineTo(ox+p[0]*k, oy+p[1]*k)
		case 'C':
			c.cubicTo(ox+p[0]*k, oy+p[1]*k, ox+p[2]*k, oy+p[3]*k, ox+p[4]*k, oy+p[5]*k)
		case 'Z':
			c.gc.Close()
		}
	}
	c.fill(col)
}
