// The first suite of LineEditing replaces this one.
