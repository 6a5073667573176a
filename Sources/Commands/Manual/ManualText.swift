extension ManualCommand {
  /// What the manual says that no table of the program knows.
  enum Text {
    static let description = """
      bpsh runs programs of bp, whose grammar is a part of Python's. Without words it is a conversation: Tab completes, Ctrl-R \
      searches what was typed before, Ctrl-C ends the running line, Ctrl-D leaves. With a file it runs the file; shown figures come \
      as text on the output, or go to a folder as SVG with --figures. The same program gives the same numbers in a notebook, in \
      a conversation and as a script. help() in a program lists what there is.
      """

    static let statuses = [
      ("0", "All went well."),
      ("1", "An error in the program or in a cell, mistakes that check found, something essential that doctor found broken."),
      ("2", "Wrong words, or a file that cannot be read."), ("130", "Interrupted."),
      ("N", "What the program gave to exit(N)."),
    ]

    static let variables = [
      ("BP_INSTRUCTION_SET", "Keeps to the kernels of one instruction set: baseline, avx2, avx512 or neon."),
      ("BP_ONEDNN", "off leaves oneDNN out."),
      ("NO_COLOR", "Anything: no colours."),
      ("COLUMNS", "The width of the output where it is no terminal."),
      ("LC_ALL, LC_CTYPE, LANG", "Whether the output may hold Unicode."),
      ("JUPYTER_DATA_DIR, JUPYTER_PATH, VIRTUAL_ENV, CONDA_PREFIX", "Where install writes, and where doctor looks."),
      ("XDG_STATE_HOME", "Where the history is kept."),
    ]

    static let files = [
      ("~/.local/state/bp/history", "What was typed in conversations."),
      ("~/.local/share/jupyter/kernels/bp", "The kernelspec that install writes."),
    ]

    static let examples = [
      ("bpsh -e 'grad(lambda x: x ** 3)(2.0)'", "Prints 12.0."),
      ("bpsh --figures out train.bp", "Runs a program and keeps its figures."),
      ("bpsh run report.ipynb -o today.ipynb -p rate=0.01", "Runs a notebook with a parameter, and keeps the result apart."),
      ("bpsh check *.bp", "Looks for mistakes."),
    ]
  }
}
