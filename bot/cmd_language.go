package bot

import (
	"context"
	"strings"

	"clubrun/bot/access"
	"clubrun/digest/locale"
	"clubrun/store"
)

// runLanguage sets the language that is spoken: with the sender in a direct
// message, in the whole group by one of its admins. The answer is in it.
func runLanguage(ctx context.Context, t *turn, args []string) error {
	g, role, ok, err := t.governedHere(ctx, args, "language")
	if err != nil || !ok {
		return err
	}
	lang, known := "", false
	if len(args) == 1 {
		lang, known = languageOf(args[0])
	}
	if !known {
		t.say("bot.language.which", "languages", spoken())
		return nil
	}
	if t.in.Group {
		t.speak(lang, g.Units, t.zone)
		t.say("bot.language.group")
		return t.Store.SetLanguage(ctx, t.by(role), g.ID, lang, t.reply())
	}
	prefs := t.athlete.Prefs
	prefs.Language = lang
	t.speak(lang, t.loc.Units(), t.zone)
	t.say("bot.language.own")
	return t.keep(ctx, prefs)
}

// governedHere is governed in a group; a direct message is about the sender's
// own setting.
func (t *turn) governedHere(ctx context.Context, args []string, command string) (g store.Group, role store.Role, ok bool, err error) {
	if t.in.Group {
		return t.governed(ctx, args, command)
	}
	if shows(args) {
		return g, store.RoleMember, true, nil
	}
	return g, store.RoleMember, access.Allow(store.RoleMember, access.SetOwn), t.met(ctx)
}

// spoken lists the languages, each as its speakers call it.
func spoken() string {
	var all []string
	for _, lang := range locale.Languages() {
		all = append(all, ownName(lang)+" ("+lang+")")
	}
	return strings.Join(all, ", ")
}

func ownName(lang string) string {
	switch lang {
	case "de":
		return "Deutsch"
	case "en":
		return "English"
	case "es":
		return "Español"
	case "fr":
		return "Français"
	case "it":
		return "Italiano"
	case "nl":
		return "Nederlands"
	case "pt":
		return "Português"
	}
	return lang
}

// languageOf returns the language that a folded word means: its code, also with
// a country behind it, or its name in any of the languages.
func languageOf(word string) (lang string, ok bool) {
	if i := strings.IndexAny(word, "-_"); i == 2 {
		word = word[:i]
	}
	switch word {
	case "de", "deutsch", "german", "germany", "aleman", "alemao", "allemand", "tedesco", "duits":
		return "de", true
	case "en", "english", "englisch", "ingles", "anglais", "inglese", "engels":
		return "en", true
	case "es", "espanol", "castellano", "spanish", "spanisch", "espanhol", "castelhano", "espagnol", "spagnolo", "spaans":
		return "es", true
	case "fr", "francais", "french", "franzosisch", "franzoesisch", "frances", "francese", "frans":
		return "fr", true
	case "it", "italiano", "italian", "italienisch", "italien", "italiaans":
		return "it", true
	case "nl", "nederlands", "dutch", "niederlandisch", "niederlaendisch", "hollandisch", "neerlandes", "holandes", "neerlandais", "hollandais", "olandese", "hollands", "vlaams", "flamand":
		return "nl", true
	case "pt", "br", "portugues", "portuguese", "portugiesisch", "portugais", "portoghese", "portugees", "brasileiro":
		return "pt", true
	}
	return "", false
}
