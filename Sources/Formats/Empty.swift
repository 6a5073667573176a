// The first file of Formats replaces this one.
