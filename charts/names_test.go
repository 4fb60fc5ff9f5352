package charts

import "testing"

// wildNames are names as people write them, in many scripts.
var wildNames = []string{
	"Łukasz Żółkiewski", "Nguyễn Minh Anh", "Ελένη Παπαδοπούλου", "Оксана Їжакевич",
	"أحمد السيد 42", "فاطمة الزهراء", "דוד כהן", "प्रिया शर्मा",
	"ক্ষমা চট্টোপাধ্যায়", "தமிழ்ச்செல்வி", "తెలుగు కృష్ణ", "ગુજરાતી પટેલ",
	"ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ", "ಕನ್ನಡ ಶ್ರೀನಿವಾಸ", "മലയാളം കൃഷ്ണൻ", "ශ්\u200dරී ලංකා",
	"สมชาย ใจดี", "ສົມພອນ", "សុខា ខ្មែរ", "မောင်မောင်",
	"王小明", "佐藤 さくら", "タカハシ ケンジ", "김민준 이서연",
	"Արմեն Պետրոսյան", "გიორგი ბერიძე", "አበበ ቢቂላ", "𝓕𝓪𝓷𝓬𝔂 ᴮᴵᴳ Ｎａｍｅ",
	"Tom 🏃‍♂️🔥", "👨‍👩‍👧‍👦 Bos 👩‍❤️‍👨", "🇪🇸 Ana 🇯🇵🏴󠁧󠁢󠁳󠁣󠁴󠁿", "👍🏻👍🏽👍🏿 👩🏽‍🚀🚴🏾‍♀️",
	"1️⃣ ❤️ ☀️ ★ ✓ ♪", "سارة 🏊‍♀️👨‍👩‍👧", "⛹🏿‍♂️⚽🏀🥇🏆", "Z̴̢̛̗a̷̧̛̙l̶̡̺̓g̸̛͓̈o̵̧͛",
}

// drawNames draws the names in two columns.
func drawNames(dark bool) func(float64) (Picture, error) {
	return func(scale float64) (Picture, error) {
		ts, err := newTypesetter()
		if err != nil {
			return Picture{}, err
		}
		c := newCanvas(ts, themeFor(dark), 64+18*70, scale)
		c.panel(Rect{edge, 16, width - 2*edge, float64(c.img.Rect.Dy())/c.scale - 32})
		for i, n := range wildNames {
			x, y := 120+float64(i%2)*490, 72+float64(i/2)*70
			n = ts.name(n, "?")
			c.disc(n, n, x-20, y, 28)
			c.writeFit(n, x+24, y+14, 385, c.theme.name())
		}
		return c.picture("Names."), nil
	}
}

func TestEveryNameIsDrawnWhole(t *testing.T) {
	ts, err := newTypesetter()
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range wildNames[:len(wildNames)-1] {
		got := ts.name(n, "?")
		if a, b := len(clusters(got)), len(clusters(n)); a != b {
			t.Errorf("%q became %q", n, got)
		}
	}
}

// A picture that one font has in one glyph must not come apart.
func TestSequencesAreOnePicture(t *testing.T) {
	ts, err := newTypesetter()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"👨‍👩‍👧‍👦", "🏃‍♂️", "🇪🇸", "👩🏽‍🚀", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "1️⃣", "❤️", "🧑🏿‍🤝‍🧑🏻"} {
		if !ts.single([]rune(s)) {
			t.Errorf("%s is several glyphs", s)
		}
		// Beside Arabic, text runs the other way.
		n := 0
		for _, run := range ts.shape("سارة "+s, style{size: 32}).runs {
			for _, g := range run.Glyphs {
				if ts.isEmoji(run.Face) && g.Advance > 0 {
					n++
				}
			}
		}
		if n != 1 {
			t.Errorf("%s has %d glyphs after Arabic", s, n)
		}
	}
}

func TestOtherFontsWaitUntilTheyAreNeeded(t *testing.T) {
	ts, err := newTypesetter()
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		name string
		want int
	}{{"Łukasz Żółkiewski", 0}, {"Оксана → Αθήνα ½", 0}, {"王小明", 1}, {"김민준", 1}, {"דוד", 2}, {"Tom 🏃‍♂️", 3}} {
		if ts.name(step.name, "?"); len(ts.other) != step.want {
			t.Errorf("%q opens %d fonts, want %d", step.name, len(ts.other), step.want)
		}
	}
}
