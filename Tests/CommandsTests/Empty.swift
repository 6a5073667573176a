// The first suite of Commands replaces this one.
