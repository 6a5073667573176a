// The first suite of Sessions replaces this one.
