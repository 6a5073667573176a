// The first suite of Parsing replaces this one.
