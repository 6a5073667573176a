// The first suite of Checking replaces this one.
