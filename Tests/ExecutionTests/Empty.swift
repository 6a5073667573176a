// The first suite of Execution replaces this one.
