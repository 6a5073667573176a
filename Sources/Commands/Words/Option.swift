import Diagnostics

extension Invocation {
  /// An option: declared here once; reading, usage, errors, completions and the man page follow.
  enum Option: String, CaseIterable {
    // Of every command.
    case seed, precision, figures, memory, threads, quiet
    case noColor = "no-color"
    case version, help
    // Of some; `Command.options` says of which.
    case output, parameter
    case rawParameter = "raw-parameter"
    case parameterFile = "parameter-file"
    case allowErrors = "allow-errors"
    case json, check, diff
    case connectionFile = "connection-file"
    case user
    case sysPrefix = "sys-prefix"
    case prefix, uninstall

    static let ofEveryCommand: [Option] = [
      .seed, .precision, .figures, .memory, .threads, .quiet, .noColor, .version, .help,
    ]

    /// The ways to write it, the long one first.
    var names: [String] { ["--\(rawValue)"] + (letter.map { ["-\($0)"] } ?? []) }

    private var letter: Character? {
      switch self {
      case .quiet: "q"
      case .version: "V"
      case .help: "h"
      case .output: "o"
      case .parameter: "p"
      case .rawParameter: "r"
      case .parameterFile, .connectionFile: "f"
      default: nil
      }
    }

    /// The value that it takes, where it takes one.
    var value: Expected? {
      switch self {
      case .seed, .threads: .text("N")
      case .precision: .choice("TYPE", ["float32", "float64"])
      case .memory: .text("MIB")
      case .figures: .folder("HOW")
      case .prefix: .folder()
      case .output: .file("FILE", ending: "ipynb")
      case .parameter: .text("NAME=VALUE")
      case .rawParameter: .text("NAME=TEXT")
      case .parameterFile, .connectionFile: .file("FILE", ending: "json")
      case .quiet, .noColor, .version, .help, .allowErrors, .json, .check, .diff, .user, .sysPrefix, .uninstall: nil
      }
    }

    var usage: String { names.reversed().joined(separator: ", ") + (value.map { " \($0.name)" } ?? "") }

    /// One line; it fits beside the usage on a terminal of 60 columns.
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
      case .help: "this page, or that of a command"
      case .output: "the result goes there, not back"
      case .parameter: "a number, True, None or a text"
      case .rawParameter: "a text, whatever it looks like"
      case .parameterFile: "an object of JSON: names and values"
      case .allowErrors: "goes on after a cell that fails"
      case .json: "for programs that read it"
      case .check: "names those that would change"
      case .diff: "shows what would change"
      case .connectionFile: "where Jupyter waits"
      case .user: "for you alone (the usual place)"
      case .sysPrefix: "for the active Python environment"
      case .prefix: "in FOLDER/share/jupyter"
      case .uninstall: "takes the kernel away again"
      }
    }
  }

  /// What may stand in a word's place: how usage names it, and what completion offers.
  enum Expected: Equatable {
    case text(String)
    case choice(String, [String])
    case folder(String = "FOLDER")
    case file(String, ending: String)

    var name: String {
      switch self {
      case .text(let name), .choice(let name, _), .folder(let name), .file(let name, _): name
      }
    }
  }
}

extension Invocation.Option {
  /// Reads an option with its value, which stands behind `=` or is the next word.
  static func read(
    _ word: String, from words: inout ArraySlice<String>, among options: [Self]
  ) throws(UsageError) -> (option: Self, value: String) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let name = parts[0]
    guard let option = options.first(where: { $0.names.contains(name) }) else {
      let near = nearest(to: name, among: options.flatMap(\.names))
      throw UsageError(message: "there is no option \(name)", help: near.map { "did you mean \($0)?" } ?? Usage.hint)
    }
    guard let expected = option.value else {
      guard parts.count == 1 else { throw UsageError(message: "\(name) takes no value") }
      return (option, "")
    }
    guard let value = parts.count == 2 ? parts[1] : words.popFirst(), !value.isEmpty else {
      throw UsageError(message: "\(name) needs a value", help: option.hint)
    }
    if case .choice(_, let choices) = expected, !choices.contains(value) {
      throw UsageError(message: "\(name) is \(choices.joined(separator: " or ")), not \(value)", help: option.hint)
    }
    return (option, value)
  }

  /// What it is for, behind a mistake.
  var hint: String { "\(usage): \(help)" }
}
