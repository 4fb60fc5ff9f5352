package store

import "strings"

// IsCheer says whether a reaction cheers: applause, a heart, a medal. In
// whatever skin tone; an empty one, which takes a reaction back, does not.
func IsCheer(emoji string) bool {
	plain := strings.Map(func(r rune) rune {
		if r == '\ufe0f' || r >= 0x1f3fb && r <= 0x1f3ff { // as an emoji, and in a skin tone
			return -1
		}
		return r
	}, emoji)
	switch plain {
	case "👏", "🎉", "🎊", "🔥", "💪", "🙌", "👍", "👌", "🤩", "😍", "🥰", "😮", "🤯", "🥳", "🫶", "🤝", "🙏", "🫡", "😎", "🚀", "⚡", "✨", "⭐", "🌟", "💫", "💥", "💯", "👑",
		"🏆", "🏅", "🥇", "🥈", "🥉", "🎖", "❤", "🧡", "💛", "💚", "💙", "💜", "🖤", "🤍", "🤎", "💖", "💗", "💕", "💞", "💓", "❤‍🔥", "🏃", "🚴", "🏊":
		return true
	}
	return false
}
