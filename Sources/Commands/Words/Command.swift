extension Invocation {
  /// A word that is no file but says what to do: declared here once, with the options that it takes besides those of every command.
  enum Command: String, CaseIterable {
    case run, check, fmt, doctor, install, kernel, completions, man

    /// One line; it fits beside the usage on a terminal of 60 columns.
    var help: String {
      switch self {
      case .run: "runs a notebook, keeps its outputs"
      case .check: "finds mistakes without running"
      case .fmt: "gives programs their one form"
      case .doctor: "says what works here"
      case .install: "tells Jupyter about the kernel"
      case .kernel: "the kernel, as Jupyter starts it"
      case .completions: "a script that completes words"
      case .man: "the manual, for man -l -"
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
        With --json the mistakes are one array of objects on the standard output: file, line, column, end_line, end_column, \
        start, end, severity (error, note), kind, message, help. Lines and columns count from 1, columns in characters; start and \
        end count bytes of UTF-8 from 0; ends are behind the last character. A file that cannot be read is a FileError without a \
        place.
        """
      case .fmt:
        """
        Gives programs their one form, in place; comments stay, and - is the standard input and output. A folder means all \
        programs in it. A program that does not parse is left as it is.
        """
      case .doctor:
        """
        Looks at the libraries, the processor, the memory, Jupyter and the terminal, and says what is missing and how to mend it. \
        The exit status is 1 where something essential fails.
        """
      case .install:
        """
        Writes the kernelspec where Jupyter looks for it, in place of an older one. A kernelspec holds the full path of this very \
        program: after moving it, install again.
        """
      case .kernel: "Answers Jupyter's messages until it is told to shut down. Jupyter starts it by itself."
      case .completions:
        """
        Prints a script that completes commands, options and files as you type. bash: source <(bpsh completions bash) in \
        ~/.bashrc. zsh: save it as _bpsh in a folder of fpath. fish: save it as ~/.config/fish/completions/bpsh.fish.
        """
      case .man: "Prints this manual as a page for man: bpsh man | man -l -"
      }
    }

    var options: [Option] {
      switch self {
      case .run: [.output, .parameter, .rawParameter, .parameterFile, .allowErrors]
      case .check, .doctor: [.json]
      case .fmt: [.check, .diff]
      case .install: [.user, .sysPrefix, .prefix, .uninstall]
      case .kernel: [.connectionFile]
      case .completions, .man: []
      }
    }

    /// What it is done to, where that must be named.
    var operand: Operand? {
      switch self {
      case .run: Operand(.file("NOTEBOOK", ending: "ipynb"), "a notebook")
      case .check, .fmt: Operand(.file("FILE", ending: "bp"), "a file", repeats: true)
      case .completions: Operand(.choice("SHELL", CompletionsCommand.Shell.allCases.map(\.rawValue)), "a shell")
      case .doctor, .install, .kernel, .man: nil
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
