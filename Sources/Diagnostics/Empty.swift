// The first file of Diagnostics replaces this one.
