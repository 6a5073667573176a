// The first suite of Plotting replaces this one.
