// The first suite of Tensors replaces this one.
