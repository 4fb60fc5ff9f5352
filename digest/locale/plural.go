package locale

import "math"

// plural returns the name of the CLDR plural form of a number in a language.
// Rules: CLDR 45, cardinal, for the languages that have a file.
func plural(lang string, n any) string {
	x, ok := number(n)
	if !ok {
		return "other"
	}
	x = math.Abs(x)
	whole := x == math.Trunc(x)
	switch lang {
	case "fr", "pt":
		if x < 2 {
			return "one"
		}
	default:
		if x == 1 {
			return "one"
		}
	}
	switch lang {
	case "es", "fr", "it", "pt":
		if whole && x != 0 && math.Mod(x, 1e6) == 0 {
			return "many"
		}
	}
	return "other"
}

func number(n any) (float64, bool) {
	switch v := n.(type) {
	case int:
		return float64(v), true
	case int64:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}
