// The first file of Gradients replaces this one.
