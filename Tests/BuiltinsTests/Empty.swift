// The first suite of Builtins replaces this one.
