// The first suite of Formats replaces this one.
