// The first suite of Learning replaces this one.
