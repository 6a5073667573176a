// The first file of Parsing replaces this one.
