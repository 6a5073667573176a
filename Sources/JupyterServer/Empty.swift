// The first file of JupyterServer replaces this one.
