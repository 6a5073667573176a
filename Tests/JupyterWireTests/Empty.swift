// The first suite of JupyterWire replaces this one.
