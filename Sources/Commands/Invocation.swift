/// What `bpsh` was asked to do, read from its words.
struct Invocation: Equatable {
  enum Task: Equatable {
    case repl
    case file(String, arguments: [String])
    case standardInput(arguments: [String])
    case expression(String, arguments: [String])
    case check([String])
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

  /// The options that every command takes.
  struct Settings: Equatable {
    var threads: Int?
    var seed: UInt64?
    var usesFloat64 = false
    var isQuiet = false
    var hasColor = true
    /// The folder for shown figures; nil: as text on the output.
    var figures: String?
    /// Bytes that values may take together; nil: three quarters of what the machine has free.
    var memory: Int?
  }
}

/// Words that `bpsh` does not understand; ends it with status 2.
struct UsageError: Error, Equatable {
  var message: String
  var help = "bpsh --help lists what there is"
}

extension Invocation {
  /// Reads the words after the program's name.
  init(words: [String]) throws(UsageError) {
    var words = words[...]
    while let word = words.first {
      guard word.hasPrefix("-"), word != "-", word != "-e" else { break }
      words.removeFirst()
      try readOption(word, from: &words)
      if task == .help || task == .version { return }
    }
    guard let first = words.popFirst() else { return }
    switch first {
    case "-": task = .standardInput(arguments: Array(words))
    case "-e":
      guard let code = words.popFirst() else { throw UsageError(message: "-e needs code behind it", help: "bpsh -e '1 + 1'") }
      task = .expression(code, arguments: Array(words))
    case "check":
      guard !words.isEmpty else { throw UsageError(message: "check needs a file", help: "bpsh check FILE...") }
      task = .check(Array(words))
    case "kernel": task = .kernel(connectionFile: try readConnectionFile(&words))
    case "install": task = .install(try readInstallPlace(&words))
    default: task = .file(first, arguments: Array(words))
    }
  }

  private mutating func readOption(_ word: String, from words: inout ArraySlice<String>) throws(UsageError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let name = parts[0]
    func value() throws(UsageError) -> String {
      if parts.count == 2 { return parts[1] }
      guard let next = words.popFirst() else { throw UsageError(message: "\(name) needs a value") }
      return next
    }
    switch name {
    case "--help", "-h": task = .help
    case "--version", "-V": task = .version
    case "--quiet", "-q": settings.isQuiet = true
    case "--no-color": settings.hasColor = false
    case "--threads": settings.threads = try whole(try value(), of: name, in: 1...1024)
    case "--seed": settings.seed = UInt64(try whole(try value(), of: name, in: 0...Int.max))
    case "--memory": settings.memory = try whole(try value(), of: name, in: 16...(1 << 30)) << 20
    case "--figures": settings.figures = try value()
    case "--precision":
      let precision = try value()
      guard ["float32", "float64"].contains(precision) else {
        throw UsageError(message: "--precision is float32 or float64, not \(precision)")
      }
      settings.usesFloat64 = precision == "float64"
    default: throw UsageError(message: "there is no option \(name)")
    }
  }

  private func whole(_ text: String, of name: String, in range: ClosedRange<Int>) throws(UsageError) -> Int {
    guard let number = Int(text), range.contains(number) else {
      throw UsageError(message: "\(name) wants a whole number from \(range.lowerBound) up, not \(text)")
    }
    return number
  }

  private mutating func readConnectionFile(_ words: inout ArraySlice<String>) throws(UsageError) -> String {
    var file: String?
    while let word = words.popFirst() {
      if word == "--connection-file" || word == "-f" {
        file = words.popFirst()
      } else if word.hasPrefix("--connection-file=") {
        file = String(word.dropFirst("--connection-file=".count))
      } else {
        try readOption(word, from: &words)
      }
    }
    guard let file else {
      throw UsageError(
        message: "kernel needs --connection-file FILE", help: "Jupyter starts the kernel; `bpsh install` tells it how")
    }
    return file
  }

  private mutating func readInstallPlace(_ words: inout ArraySlice<String>) throws(UsageError) -> InstallPlace {
    var place = InstallPlace.user
    while let word = words.popFirst() {
      switch word {
      case "--user": place = .user
      case "--sys-prefix": place = .sysPrefix
      case "--prefix":
        guard let folder = words.popFirst() else { throw UsageError(message: "--prefix needs a folder") }
        place = .prefix(folder)
      case _ where word.hasPrefix("--prefix="): place = .prefix(String(word.dropFirst("--prefix=".count)))
      default: try readOption(word, from: &words)
      }
    }
    return place
  }
}
