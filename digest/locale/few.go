package locale

import "sync"

// fewWords are the folded words for small numbers, of all languages.
func fewWords() map[int][]string {
	return map[int][]string{
		1:  {"one", "ein", "eine", "einen", "einem", "einer", "un", "una", "uno", "um", "uma", "une", "een"},
		2:  {"two", "zwei", "dos", "dois", "duas", "deux", "due", "twee"},
		3:  {"three", "drei", "tres", "trois", "tre", "drie"},
		4:  {"four", "vier", "cuatro", "quatro", "quatre", "quattro"},
		5:  {"five", "funf", "fuenf", "cinco", "cinq", "cinque", "vijf"},
		6:  {"six", "sechs", "seis", "sei", "zes"},
		7:  {"seven", "sieben", "siete", "sete", "sept", "sette", "zeven"},
		8:  {"eight", "acht", "ocho", "oito", "huit", "otto"},
		9:  {"nine", "neun", "nueve", "nove", "neuf", "negen"},
		10: {"ten", "zehn", "diez", "dez", "dix", "dieci", "tien"},
		12: {"twelve", "zwolf", "zwoelf", "doce", "doze", "douze", "dodici", "twaalf"},
		14: {"fourteen", "vierzehn", "catorce", "catorze", "quatorze", "quattordici", "veertien"},
		15: {"fifteen", "funfzehn", "fuenfzehn", "quince", "quinze", "quindici", "vijftien"},
	}
}

var few = sync.OnceValue(func() map[string]int {
	all := map[string]int{}
	for n, list := range fewWords() {
		for _, word := range list {
			all[word] = n
		}
	}
	return all
})

// fewOf reads a small number in words with the unit that it counts: "two
// weeks", "drei tage". Without a unit such a word tells no number: it may be an
// article.
func fewOf(words []string) (n int, unit Unit, ok bool) {
	n, ok = few()[words[0]]
	if !ok || len(words) < 2 || len(words[1]) < 2 {
		return 0, 0, false
	}
	unit, ok = unitOf(at(words, 1))
	return n, unit, ok && unit != unitQuarter
}
