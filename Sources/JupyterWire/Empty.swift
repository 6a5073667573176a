// The first file of JupyterWire replaces this one.
