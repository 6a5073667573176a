import Diagnostics

/// What `bpsh` was asked to do, read from its words.
struct Invocation: Equatable {
  enum Task: Equatable {
    case repl
    case file(String, arguments: [String])
    case standardInput(arguments: [String])
    case expression(String, arguments: [String])
    case check([String], asJSON: Bool)
    case format([String], FormatCommand.Result)
    case kernel(connectionFile: String)
    case install(InstallPlace)
    case help
    case version
  }

  /// Where the kernelspec goes.
  enum InstallPlace: Equatable {
    case user
    case sysPrefix
    case prefix(String)
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
      try readOption(word, from: &words)
      if isAnswered { return }
    }
    guard let first = words.popFirst() else { return }
    switch first {
    case "-": task = .standardInput(arguments: Array(words))
    case "-e":
      guard let code = words.popFirst() else { throw UsageError(message: "-e needs code behind it", help: "bpsh -e '1 + 1'") }
      task = .expression(code, arguments: Array(words))
    default:
      if let command = Command(rawValue: first) {
        try read(command, &words)
      } else {
        task = .file(first, arguments: Array(words))
      }
    }
  }

  /// Whether an option has said all: `--help`, `--version`.
  private var isAnswered: Bool { task == .help || task == .version }

  // MARK: Commands

  private mutating func read(_ command: Command, _ words: inout ArraySlice<String>) throws(UsageError) {
    switch command {
    case .check: try readCheck(&words)
    case .fmt: try readFormat(&words)
    case .kernel: try readKernel(&words)
    case .install: try readInstall(&words)
    }
  }

  private mutating func readCheck(_ words: inout ArraySlice<String>) throws(UsageError) {
    var files: [String] = []
    var isJSON = false
    while let word = words.popFirst() {
      switch word {
      case "--json": isJSON = true
      case "--":
        files += words
        words = []
      case _ where word.hasPrefix("-") && word != "-":
        try readOption(word, from: &words, also: ["--json"])
        if isAnswered { return }
      default: files.append(word)
      }
    }
    guard !files.isEmpty else { throw UsageError(message: "check needs a file", help: "bpsh check FILE...") }
    task = .check(files, asJSON: isJSON)
  }

  private mutating func readFormat(_ words: inout ArraySlice<String>) throws(UsageError) {
    var files: [String] = []
    var result = FormatCommand.Result.written
    while let word = words.popFirst() {
      switch word {
      case "--check": result = .listed
      case "--diff": result = .compared
      case "--":
        files += words
        words = []
      case _ where word.hasPrefix("-") && word != "-":
        try readOption(word, from: &words, also: ["--check", "--diff"])
        if isAnswered { return }
      default: files.append(word)
      }
    }
    guard !files.isEmpty else {
      throw UsageError(message: "fmt needs a file", help: "bpsh fmt FILE...; a folder means all in it")
    }
    task = .format(files, result)
  }

  private mutating func readKernel(_ words: inout ArraySlice<String>) throws(UsageError) {
    var file: String?
    while let word = words.popFirst() {
      if word == "--connection-file" || word == "-f" {
        file = words.popFirst()
      } else if word.hasPrefix("--connection-file=") {
        file = String(word.dropFirst("--connection-file=".count))
      } else {
        try readOption(word, from: &words, also: ["--connection-file"])
        if isAnswered { return }
      }
    }
    guard let file else {
      throw UsageError(
        message: "kernel needs --connection-file FILE", help: "Jupyter starts the kernel; `bpsh install` tells it how")
    }
    task = .kernel(connectionFile: file)
  }

  private mutating func readInstall(_ words: inout ArraySlice<String>) throws(UsageError) {
    var place = InstallPlace.user
    while let word = words.popFirst() {
      switch word {
      case "--user": place = .user
      case "--sys-prefix": place = .sysPrefix
      case "--prefix":
        guard let folder = words.popFirst() else { throw UsageError(message: "--prefix needs a folder") }
        place = .prefix(folder)
      case _ where word.hasPrefix("--prefix="): place = .prefix(String(word.dropFirst("--prefix=".count)))
      default:
        try readOption(word, from: &words, also: ["--user", "--sys-prefix", "--prefix"])
        if isAnswered { return }
      }
    }
    task = .install(place)
  }

  // MARK: Options

  /// - Parameter others: the options that the command has besides, to be suggested.
  private mutating func readOption(
    _ word: String, from words: inout ArraySlice<String>, also others: [String] = []
  ) throws(UsageError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let name = parts[0]
    guard name.hasPrefix("-") else { throw UsageError(message: "\(name) is one word too many") }
    guard let option = Option.allCases.first(where: { $0.names.contains(name) }) else {
      let near = nearest(to: name, among: Option.allCases.flatMap(\.names) + others)
      throw UsageError(message: "there is no option \(name)", help: near.map { "did you mean \($0)?" } ?? Usage.hint)
    }
    guard option.value != nil || parts.count == 1 else { throw UsageError(message: "\(name) takes no value") }
    func value() throws(UsageError) -> String {
      guard let value = parts.count == 2 ? parts[1] : words.popFirst(), !value.isEmpty else {
        throw UsageError(message: "\(name) needs a value", help: "\(option.usage): \(option.help)")
      }
      return value
    }
    func whole(_ range: ClosedRange<Int>) throws(UsageError) -> Int {
      let text = try value()
      guard let number = Int(text), range.contains(number) else {
        throw UsageError(
          message: "\(name) wants a whole number from \(range.lowerBound) to \(range.upperBound), not \(text)",
          help: "\(option.usage): \(option.help)")
      }
      return number
    }
    switch option {
    case .help: task = .help
    case .version: task = .version
    case .quiet: settings.isQuiet = true
    case .noColor: settings.hasColor = false
    case .threads: settings.threads = try whole(1...1024)
    case .seed: settings.seed = UInt64(try whole(0...Int.max))
    case .memory: settings.memory = try whole(16...(1 << 30)) << 20
    case .figures: settings.figures = FigureStyle(try value())
    case .precision:
      let precision = try value()
      guard ["float32", "float64"].contains(precision) else {
        throw UsageError(
          message: "--precision is float32 or float64, not \(precision)", help: "\(option.usage): \(option.help)")
      }
      settings.usesFloat64 = precision == "float64"
    }
  }
}
