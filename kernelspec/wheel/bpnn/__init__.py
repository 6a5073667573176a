"""bp, a small language for neural networks: its Jupyter kernel and shell, with what Python's tools want to know of it."""
