// The first suite of Insight replaces this one.
