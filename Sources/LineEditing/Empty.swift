// The first file of LineEditing replaces this one.
