extension Invocation {
  /// A word that is no file but says what to do: declared here once, with the options that it takes besides those of every command.
  enum Command: String, CaseIterable {
    case run, check, install, kernel

    /// One line; it fits beside the usage on a terminal of 60 columns.
    var help: String {
      switch self {
      case .run: "runs a notebook, keeps its outputs"
      case .check: "finds mistakes without running"
      case .install: "tells Jupyter about the kernel"
      case .kernel: "the kernel, as Jupyter starts it"
      }
    }

    /// What it does, in full: for its own page and for the manual.
    var about: String {
      switch self {
      case .run:
        """
        Runs the cells of a notebook without Jupyter and writes their outputs back, in place or to another file; - is the \
        standard input or output. Parameters go into a new cell behind the one tagged parameters, as papermill does. The first \
        error ends the run, unless its cell is tagged raises-exception; what was done so far is written all the same.
        """
      case .check:
        """
        Names all mistakes that can be told without running: syntax, names, arguments, shapes. Each file is looked at by itself. \
        With --json the mistakes are one array of objects on the standard output: path, line, column, end_line, end_column, \
        severity, kind, message, help. Lines count from 1, columns are bytes of UTF-8 from 1, and the end is behind the last one.
        """
      case .install:
        """
        Writes the kernelspec where Jupyter looks for it, in place of an older one. A kernelspec holds the full path of this very \
        program: after moving it, install again.
        """
      case .kernel: "Answers Jupyter's messages until it is told to shut down. Jupyter starts it by itself."
      }
    }

    var options: [Option] {
      switch self {
      case .run: [.output, .parameter, .rawParameter, .parameterFile, .allowErrors]
      case .check: [.json]
      case .install: [.user, .sysPrefix, .prefix, .uninstall]
      case .kernel: [.connectionFile]
      }
    }

    /// What it is done to, where that must be named.
    var operand: Operand? {
      switch self {
      case .run: Operand(.file("NOTEBOOK", ending: "ipynb"), "a notebook")
      case .check: Operand(.file("FILE", ending: "bp"), "a file", repeats: true)
      case .install, .kernel: nil
      }
    }

    /// The option without which it has nothing to do.
    var neededOption: Option? { self == .kernel ? .connectionFile : nil }

    var usage: String {
      let option = neededOption.map { [$0.names[0]] + ($0.value.map { [$0.name] } ?? []) } ?? []
      return (["bpsh", rawValue] + option + (operand.map { [$0.usage] } ?? [])).joined(separator: " ")
    }
  }

  /// What a command is done to.
  struct Operand: Equatable {
    var expected: Expected
    /// As a sentence calls it: `a file`.
    var phrase: String
    var repeats: Bool

    init(_ expected: Expected, _ phrase: String, repeats: Bool = false) {
      self.expected = expected
      self.phrase = phrase
      self.repeats = repeats
    }

    var usage: String { expected.name + (repeats ? "..." : "") }
  }
}
