// The first file of Sessions replaces this one.
