// The first file of Builtins replaces this one.
