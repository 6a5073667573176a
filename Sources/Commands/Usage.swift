/// What `bpsh --help` prints, for a terminal of 60 columns.
enum Usage {
  static let hint = "bpsh --help lists what there is"

  static var text: String {
    """
    bpsh: the shell of bp, a small language for neural networks
    and their gradients

    \(rows(forms + Invocation.Command.allCases.map { ($0.usage, $0.help) }))

    options, before the file:
    \(rows(Invocation.Option.allCases.map { ($0.usage, $0.help) }))

    In a program, help() lists what there is, and help(train)
    shows one of it.

    """
  }

  private static let forms = [
    ("bpsh", "a conversation, line by line"),
    ("bpsh FILE [ARGS...]", "runs a file; args holds the rest"),
    ("bpsh - [ARGS...]", "runs the standard input"),
    ("bpsh -e CODE [ARGS...]", "runs code, prints its last value"),
  ]

  /// What is called how, and beside it what that does.
  private static func rows(_ parts: [(usage: String, help: String)]) -> String {
    let column = 25
    return parts.map { usage, help in
      let room = column - 2 - usage.count
      return "  " + usage + (room > 0 ? String(repeating: " ", count: room) : "\n" + String(repeating: " ", count: column)) + help
    }.joined(separator: "\n")
  }
}

extension Invocation {
  /// A word that is no file but says what to do.
  enum Command: String, CaseIterable {
    case check, fmt, kernel, install

    var usage: String {
      switch self {
      case .check: "bpsh check FILE... [--json]"
      case .fmt: "bpsh fmt FILE... [--check | --diff]"
      case .kernel: "bpsh kernel --connection-file FILE"
      case .install: "bpsh install [--user | --sys-prefix | --prefix FOLDER]"
      }
    }

    var help: String {
      switch self {
      case .check: "finds mistakes without running"
      case .fmt: "gives programs their one form"
      case .kernel: "the kernel, as Jupyter starts it"
      case .install: "tells Jupyter about the kernel"
      }
    }
  }

  /// An option that every command takes.
  enum Option: String, CaseIterable {
    case seed, precision, figures, memory, threads, quiet
    case noColor = "no-color"
    case version, help

    /// The ways to write it.
    var names: [String] {
      switch self {
      case .quiet: ["--quiet", "-q"]
      case .version: ["--version", "-V"]
      case .help: ["--help", "-h"]
      default: ["--\(rawValue)"]
      }
    }

    /// What its value is called, where it takes one.
    var value: String? {
      switch self {
      case .seed, .threads: "N"
      case .precision: "TYPE"
      case .figures: "HOW"
      case .memory: "MIB"
      case .quiet, .noColor, .version, .help: nil
      }
    }

    var usage: String { names.reversed().joined(separator: ", ") + (value.map { " \($0)" } ?? "") }

    var help: String {
      switch self {
      case .seed: "where random numbers start (0)"
      case .precision: "float64, or float32 as is usual"
      case .figures: "text, picture, or a FOLDER for SVG"
      case .memory: "the most that a program may take"
      case .threads: "as many threads at most"
      case .quiet: "no progress, no notices"
      case .noColor: "no colours on a terminal"
      case .version: "which bpsh this is"
      case .help: "this page"
      }
    }
  }
}
