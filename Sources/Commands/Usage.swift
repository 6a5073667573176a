/// What `bpsh --help` prints.
enum Usage {
  static let text = """
    bpsh: the shell of bp, a small language for neural networks and their gradients

      bpsh                         a conversation, line by line
      bpsh FILE [ARGS...]          runs a file; its words are in args
      bpsh -                       runs the standard input
      bpsh -e 'CODE' [ARGS...]     runs code and prints its last value
      bpsh check FILE...           finds mistakes without running
      bpsh kernel --connection-file FILE
                                   the kernel, as Jupyter starts it
      bpsh install [--user | --sys-prefix | --prefix FOLDER]
                                   tells Jupyter about the kernel

    options, before the file:
      --seed N                     where random numbers start (0)
      --precision float64          the type of floats (float32)
      --figures FOLDER             shown figures as SVG files
      --memory MIB                 the most that one value may take
      --threads N                  as many threads at most
      --quiet                      no progress of training, no notices
      --no-color                   no colours on a terminal
      --version, --help

    In a program, help() lists what there is, and help(train) shows one of it.

    """
}
