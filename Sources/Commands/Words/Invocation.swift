/// What `bpsh` was asked to do, read from its words.
struct Invocation: Equatable {
  enum Task: Equatable {
    case repl
    case file(String, arguments: [String])
    case standardInput(arguments: [String])
    case expression(String, arguments: [String])
    case notebook(NotebookCommand.Wish)
    case check([String], asJSON: Bool)
    case format([String], FormatCommand.Result)
    case doctor(asJSON: Bool)
    case install(InstallCommand.Place, removes: Bool)
    case kernel(connectionFile: String)
    case completions(CompletionsCommand.Shell)
    case manual
    case help(Command?)
    case version
  }

  var task = Task.repl
  var settings = Settings()

  /// What the options set for every command.
  struct Settings: Equatable {
    var threads: Int?
    var seed: UInt64?
    var usesFloat64 = false
    var isQuiet = false
    var hasColor = true
    var figures = FigureStyle.automatic
    /// Bytes that values may take together; nil: three quarters of what the machine has free.
    var memory: Int?
  }
}

/// Words that `bpsh` does not understand; ends it with status 2.
struct UsageError: Error, Equatable {
  var message: String
  var help = Usage.hint
}

extension Invocation {
  /// Reads the words after the program's name.
  init(words: [String]) throws(UsageError) {
    var words = words[...]
    while let word = words.first, word.hasPrefix("-"), word != "-", word != "-e" {
      words.removeFirst()
      // What comes behind it is a file, whatever its name looks like.
      if word == "--" {
        if let file = words.popFirst() { task = .file(file, arguments: Array(words)) }
        return
      }
      let (option, value) = try Option.read(word, from: &words, among: Option.ofEveryCommand)
      if try set(option, value, in: nil) { return }
    }
    guard let first = words.popFirst() else { return }
    switch first {
    case "-": task = .standardInput(arguments: Array(words))
    case "-e":
      guard let code = words.popFirst() else { throw UsageError(message: "-e needs code behind it", help: "bpsh -e '1 + 1'") }
      task = .expression(code, arguments: Array(words))
    default:
      guard let command = Command(rawValue: first) else {
        task = .file(first, arguments: Array(words))
        return
      }
      let read = try CommandWords(words, of: command) { option, value throws(UsageError) in
        try set(option, value, in: command)
      }
      if let read { task = try command.task(read) }
    }
  }

  /// - Returns: whether the option has said all: `--help`, `--version`.
  private mutating func set(_ option: Option, _ value: String, in command: Command?) throws(UsageError) -> Bool {
    func whole(_ range: ClosedRange<Int>) throws(UsageError) -> Int {
      guard let number = Int(value), range.contains(number) else {
        throw UsageError(
          message: "\(option.names[0]) wants a whole number from \(range.lowerBound) to \(range.upperBound), not \(value)",
          help: option.hint)
      }
      return number
    }
    switch option {
    case .help: task = .help(command)
    case .version: task = .version
    case .quiet: settings.isQuiet = true
    case .noColor: settings.hasColor = false
    case .threads: settings.threads = try whole(1...1024)
    case .seed: settings.seed = UInt64(try whole(0...Int.max))
    case .memory: settings.memory = try whole(16...(1 << 30)) << 20
    case .figures: settings.figures = FigureStyle(value)
    case .precision: settings.usesFloat64 = value == "float64"
    default: break
    }
    return option == .help || option == .version
  }
}

extension Invocation.Command {
  /// What its words ask for.
  func task(_ words: CommandWords) throws(UsageError) -> Invocation.Task {
    switch self {
    case .run: .notebook(try NotebookCommand.Wish(words))
    case .check: .check(words.operands, asJSON: words.has(.json))
    case .fmt: .format(words.operands, words.has(.check) ? .listed : words.has(.diff) ? .compared : .written)
    case .doctor: .doctor(asJSON: words.has(.json))
    case .install: .install(InstallCommand.Place(words), removes: words.has(.uninstall))
    case .kernel: .kernel(connectionFile: words[.connectionFile] ?? "")
    case .completions: .completions(CompletionsCommand.Shell(rawValue: words.operands[0]) ?? .bash)
    case .man: .manual
    }
  }
}
