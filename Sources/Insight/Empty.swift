// The first file of Insight replaces this one.
