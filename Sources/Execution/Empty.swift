// The first file of Execution replaces this one.
