package store

import "context"

type unattendedKey struct{}

// Unattended returns a context within which nobody waits for what happens:
// jobs, not people. Of what a source gives to the whole instance, people come
// first.
func Unattended(ctx context.Context) context.Context {
	return context.WithValue(ctx, unattendedKey{}, true)
}

// IsUnattended says whether nobody waits for what happens within a context.
func IsUnattended(ctx context.Context) bool {
	yes, _ := ctx.Value(unattendedKey{}).(bool)
	return yes
}
