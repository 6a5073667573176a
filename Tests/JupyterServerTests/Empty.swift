// The first suite of JupyterServer replaces this one.
