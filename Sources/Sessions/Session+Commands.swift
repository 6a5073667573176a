import Builtins
import Checking
import Diagnostics
import Execution
import Formats
import Parsing

// The line commands of notebooks and of the REPL.
extension Session {
  /// `name?`
  func answer(_ name: String) -> Outcome {
    guard let page = help(for: name) else {
      let near = nearest(to: name, among: knowledge.withLock { Array($0.names.keys) } + Array(signatures.keys))
      return failure(
        .nameError, "\(name) is not defined", help: near.map { "did you mean \($0)?" } ?? "help() lists the builtins")
    }
    return .page(page)
  }

  /// `%command rest`
  func perform(_ command: String, _ rest: String, name: String) -> Outcome {
    guard let known = LineCommand(rawValue: command) else {
      let near = nearest(to: command, among: LineCommand.allCases.map(\.rawValue))
      return failure(
        .syntaxError, "there is no command %\(command)",
        help: near.map { "did you mean %\($0)?" } ?? LineCommand.listing)
    }
    if known.needsText, rest.isEmpty {
      return failure(.syntaxError, "%\(command) needs something behind it", help: known.usage)
    }
    switch known {
    case .time: return time(rest, name)
    case .timeit: return timeRepeatedly(rest, name)
    case .who: return who()
    case .reset:
      globals.reset()
      return .value(nil)
    case .load: return load(rest)
    case .save: return save(rest)
    case .run: return runFile(rest)
    case .help:
      return rest.isEmpty ? .page(HelpPage(plain: LineCommand.listing + "\n\n" + Help.contents)) : answer(rest)
    }
  }

  private func time(_ code: String, _ name: String) -> Outcome {
    let clock = ContinuousClock()
    let start = clock.now
    let outcome = runProgram(code, name: name, Mode())
    if case .failure = outcome { return outcome }
    workspace.front.write("took \(Measured(clock.now - start).text)\n", toErrors: false)
    return outcome
  }

  /// The best and the middle of five rounds, each long enough to be measured well.
  private func timeRepeatedly(_ code: String, _ name: String) -> Outcome {
    let clock = ContinuousClock()
    do {
      let (module, mistakes) = Module.parse(Source(name: name, text: code))
      guard mistakes.isEmpty else { throw Failed(Failure(mistakes)) }
      let program = try compile(module, in: globals)
      var turns = 1
      func round() throws -> Duration {
        let start = clock.now
        for _ in 0..<turns { _ = try machine.run(program) }
        return clock.now - start
      }
      while try round() < .milliseconds(50), turns < 1 << 24 { turns *= 2 }
      var rounds: [Duration] = []
      for _ in 0..<5 { rounds.append(try round() / turns) }
      rounds.sort()
      workspace.front.write(
        "\(Measured(rounds[2]).text) a turn, \(Measured(rounds[0]).text) at best (5 rounds of \(turns))\n", toErrors: false)
      return .value(nil)
    } catch {
      return outcome(of: error)
    }
  }

  private func who() -> Outcome {
    let names = globals.boundNames.filter { $0 != "_" }.sorted()
    guard !names.isEmpty else { return .value(Representations(text: "no names yet")) }
    let width = names.map(\.count).max() ?? 0
    let lines = names.map { name in
      let value = globals[name] ?? .none
      let space = String(repeating: " ", count: width - name.count)
      let text = value.preview(bytes: 200).split(separator: "\n").first ?? ""
      let short = text.count > 50 ? text.prefix(49) + "…" : text
      return "\(name)\(space)  \(value.typeName)  \(short)"
    }
    return .value(Representations(text: lines.joined(separator: "\n")))
  }

  private func load(_ path: String) -> Outcome {
    switch read(path) {
    case .success(let text): .nextInput(text)
    case .failure(let failure): .failure(failure)
    }
  }

  private func runFile(_ path: String) -> Outcome {
    switch read(path) {
    case .success(let text): runProgram(text, name: workspace.path(path), Mode(isInteractive: false, isKept: false))
    case .failure(let failure): .failure(failure)
    }
  }

  private func save(_ path: String) -> Outcome {
    let text = inputs.joined(separator: "\n\n") + "\n"
    do throws(FileError) {
      try FileContents.write(Array(text.utf8), to: workspace.path(path))
      return .value(Representations(text: "saved \(inputs.count) inputs to \(path)"))
    } catch {
      return outcome(of: RuntimeError(.fileError, error.message, help: error.help))
    }
  }

  private func read(_ path: String) -> Result<String, Failure> {
    do throws(FileError) {
      let bytes = try FileContents.read(workspace.path(path))
      guard let text = String(validating: bytes, as: UTF8.self) else {
        return .failure(Failure([Diagnostic(ErrorKind.fileError.rawValue, "\(path) is not a text in UTF-8")]))
      }
      return .success(text)
    } catch {
      return .failure(Failure([Diagnostic(ErrorKind.fileError.rawValue, error.message, help: error.help)]))
    }
  }

  private func failure(_ kind: ErrorKind, _ message: String, help: String?) -> Outcome {
    .failure(Failure([Diagnostic(kind.rawValue, message, help: help)]))
  }
}

/// The commands that begin with a per cent sign.
enum LineCommand: String, CaseIterable {
  case time, timeit, who, reset, load, save, run, help

  var needsText: Bool {
    switch self {
    case .time, .timeit, .load, .save, .run: true
    case .who, .reset, .help: false
    }
  }

  /// What stands behind it.
  var arguments: String {
    switch self {
    case .time, .timeit: "CODE"
    case .load, .save, .run: "FILE"
    case .help: "[NAME]"
    case .who, .reset: ""
    }
  }

  var usage: String {
    let summary =
      switch self {
      case .time: "runs it and says how long it took"
      case .timeit: "runs it many times and says how long a turn takes"
      case .who: "the names that are bound"
      case .reset: "forgets all names"
      case .load: "puts a file's text into the next cell"
      case .save: "writes what was run so far to a file"
      case .run: "runs a file in this scope"
      case .help: "what there is"
      }
    return "%\(rawValue)\(arguments.isEmpty ? "" : " \(arguments)"): \(summary)"
  }

  static var listing: String { allCases.map(\.usage).joined(separator: "\n") }
}

/// A duration in the unit that reads best.
struct Measured {
  let text: String

  init(_ duration: Duration) {
    let seconds = duration / .seconds(1)
    let (factor, unit): (Double, String) =
      switch seconds {
      case ..<1e-6: (1e9, "ns")
      case ..<1e-3: (1e6, "µs")
      case ..<1: (1e3, "ms")
      default: (1, "s")
      }
    let tenths = (seconds * factor * 10).rounded()
    text = "\(tenths / 10) \(unit)"
  }
}
