package store

// Owner is the Sender of what the owner of the bot's number writes to
// themselves, on the phone: in WhatsApp's chat with oneself. No WhatsApp user
// id reads like it, and it names nobody.
const Owner = "owner"
