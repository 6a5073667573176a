import Builtins
import Checking
import Diagnostics
import Execution
import Formats
import FoundationEssentials
import Parsing

// The line commands of notebooks and of the REPL.
extension Session {
  /// `name?`; `?` alone lists what there is.
  func answer(_ name: String, isWhole: Bool = false) -> Outcome {
    guard !name.isEmpty else { return .page(contents) }
    let reference = Reference(dotted: name)
    // This is the thread of the values.
    guard let page = seen(reference, isWhole: isWhole) ?? help(for: reference) ?? Help(of: name)?.page(style: workspace.helpStyle)
    else {
      let near = nearest(to: name, among: knowledge.withLock { Array($0.names.keys) } + Help.names)
      return failure(
        .nameError, "\(name) is not defined", help: near.map { "did you mean \($0)?" } ?? "help() lists what there is")
    }
    return .page(page)
  }

  /// All that has help, and the line commands.
  ///
  /// The commands come first: a pager and a notebook begin at the top, and nothing else names them.
  private var contents: HelpPage {
    let width = workspace.helpStyle.width
    return HelpPage(plain: LineCommand.listing(width: width) + "\n\n" + Help.contents(width: width))
  }

  /// `%command rest`
  func perform(_ command: String, _ rest: String, name: String) -> Outcome {
    guard let known = LineCommand(rawValue: command) else {
      let near = nearest(to: command, among: LineCommand.allCases.map(\.rawValue))
      return failure(
        .syntaxError, "there is no command %\(command)",
        help: near.map { "did you mean %\($0)?" } ?? "%help lists them")
    }
    if known.needsText, rest.isEmpty {
      return failure(.syntaxError, "%\(command) needs something behind it", help: known.usage)
    }
    switch known {
    case .time: return time(rest, name)
    case .timeit: return timeRepeatedly(rest, name)
    case .who: return who()
    case .hist: return pastInputs(rest)
    case .reset:
      globals.reset()
      return .value(nil)
    case .load: return load(rest)
    case .save: return save(rest)
    case .run: return runFile(rest)
    case .help:
      return rest.isEmpty ? .page(contents) : answer(rest)
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
    let values = names.map { globals[$0] ?? .none }
    let column = names.map(\.count).max() ?? 0
    let typeColumn = values.map(\.typeName.count).max() ?? 0
    let room = max(8, workspace.helpStyle.width - column - typeColumn - 5)
    let lines = zip(names, values).map { name, value in
      let text = value.preview(bytes: 200).split(separator: "\n").first ?? ""
      return name.padded(to: column) + "  " + value.typeName.padded(to: typeColumn) + "  "
        + (text.count > room ? text.prefix(room - 1) + "…" : text)
    }
    return .value(Representations(text: lines.joined(separator: "\n")))
  }

  /// All in their order; what failed is marked.
  private func pastInputs(_ part: String) -> Outcome {
    let found = inputs.enumerated().filter { part.isEmpty || $1.text.contains(part) }
    guard !found.isEmpty else {
      return .value(Representations(text: part.isEmpty ? "nothing was run yet" : "nothing that was run has \(part) in it"))
    }
    let column = String(inputs.count).count
    let margin = "\n" + String(repeating: " ", count: column + 2)
    var lines = found.map { i, input in
      let number = String(i + 1)
      return String(repeating: " ", count: column - number.count) + number + (input.failed ? "! " : "  ")
        + input.text.replacing("\n", with: margin)
    }
    if found.contains(where: \.element.failed) { lines.append("! failed; %save leaves it out") }
    return .page(HelpPage(plain: lines.joined(separator: "\n")))
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

  private func save(_ words: String) -> Outcome {
    let isForced = words.hasPrefix("-f ")
    let path = isForced ? String(words.dropFirst(3).drop { $0 == " " }) : words
    let file = workspace.path(path)
    if !isForced, FileContents.kind(of: file) != nil {
      let help = "%save -f \(path) writes it anew"
      guard let ours = saved[file] else { return failure(.fileError, "\(path) is there already", help: help) }
      guard (try? FileContents.read(file)) == ours else {
        return failure(.fileError, "\(path) was changed since it was saved", help: help)
      }
    }
    let texts = inputs.filter { !$0.failed }.map(\.text)
    let bytes = Array((texts.joined(separator: "\n\n") + "\n").utf8)
    do throws(FileError) {
      try FileContents.write(bytes, to: file)
      saved[file] = bytes
      return .value(Representations(text: "saved \(texts.count) input\(texts.count == 1 ? "" : "s") to \(path)"))
    } catch {
      return outcome(of: RuntimeError(.fileError, error.message, help: error.help))
    }
  }

  private func read(_ path: String) -> Result<String, Failure> {
    func failed(_ message: String, help: String?) -> Result<String, Failure> {
      .failure(Failure([Diagnostic(ErrorKind.fileError.rawValue, message, help: help)]))
    }
    do throws(FileError) {
      let bytes = try FileContents.read(workspace.path(path))
      guard let text = String(validating: bytes, as: UTF8.self) else {
        return failed("\(path) is not a text in UTF-8", help: nil)
      }
      return .success(text)
    } catch {
      var error = error
      error.path = path
      return failed(error.message, help: error.help)
    }
  }

  private func failure(_ kind: ErrorKind, _ message: String, help: String?) -> Outcome {
    .failure(Failure([Diagnostic(kind.rawValue, message, help: help)]))
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
