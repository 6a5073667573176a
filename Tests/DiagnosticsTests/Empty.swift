// The first suite of Diagnostics replaces this one.
