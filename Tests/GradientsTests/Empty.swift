// The first suite of Gradients replaces this one.
