import Builtins
import Diagnostics
import Execution
import Formats
import Parsing

/// A line at which programs stop.
public struct Breakpoint: Sendable {
  public var id: Int
  public var line: Int
  /// Stops only if this is true in the frame.
  public var condition: String?
  /// Stops only from this turn on.
  public var hits: Int?
  /// Says this and does not stop; `{x}` stands for a value.
  public var message: String?
  /// Why nothing will stop there.
  public var complaint: String?
  var count = 0

  public init(line: Int, condition: String? = nil, hits: Int? = nil, message: String? = nil) {
    (id, self.line, self.condition, self.hits, self.message) = (0, line, condition, hits, message)
  }
}

extension Debugger {
  /// Keeps a cell's text, so that breakpoints can be set in it; gives its path.
  public func keep(cell text: String) -> String {
    let path = SourcePath.cell(text.utf8)
    settings.withLock { $0.texts[path] = text }
    return path
  }

  /// The text of a cell that was kept or ran, or of a `.bp` file.
  public func text(ofSource path: String) -> String? {
    if let text = settings.withLock({ $0.texts[path] }) { return text }
    guard path.hasSuffix(".bp"), let bytes = try? FileContents.read(path) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  /// Replaces the breakpoints of a source; gives them as they are set, each moved to where a statement begins.
  public func setBreakpoints(_ wanted: [Breakpoint], in path: String) -> [Breakpoint] {
    let lines = text(ofSource: path).map { StoppableLines(of: $0, name: path) }
    let path = path.hasPrefix(SourcePath.cellPrefix) ? path : SourcePath.file(path)
    let set = settings.withLock { settings -> [Breakpoint] in
      let set = wanted.enumerated().map { i, breakpoint in
        var breakpoint = breakpoint
        // Numbers that stay what they are while lines are the same.
        breakpoint.id = breakpoint.line * 64 + i % 64
        switch lines {
        // A front end may set it before it sends the text.
        case nil: breakpoint.complaint = path.hasPrefix(SourcePath.cellPrefix) ? nil : "there is no source \(path)"
        case .some(.mistake(let message)): breakpoint.complaint = message
        case .some(let lines):
          if let line = lines.line(for: breakpoint.line) {
            breakpoint.line = line
          } else {
            breakpoint.complaint = "no statement begins at this line or below it"
          }
        }
        return breakpoint
      }
      settings.breakpoints[path] = set.isEmpty ? nil : set
      return set
    }
    machine.interrupt.askForAttention()
    return set
  }

  public var breakpoints: [(path: String, breakpoints: [Breakpoint])] {
    settings.withLock { settings in settings.breakpoints.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
  }

  /// The number of the breakpoint at which the program stops now; counts and says what is to be counted and said.
  func breakpoint(at marks: [StatementMark]) throws(RuntimeError) -> Int? {
    for mark in marks {
      let path = path(of: mark.span.source)
      let line = mark.lines.lowerBound
      guard let found = settings.withLock({ $0.breakpoints[path]?.first { $0.line == line } }) else { continue }
      if let condition = found.condition, !condition.isEmpty {
        do throws(RuntimeError) {
          guard try isTrue(condition) else { continue }
        } catch {
          if error.kind == .keyboardInterrupt { throw error }
          tell(.output("the condition of the breakpoint in line \(line) failed: \(error.kind.rawValue): \(error.message)\n"))
        }
      }
      let count = settings.withLock { settings -> Int in
        guard let place = settings.breakpoints[path]?.firstIndex(where: { $0.line == line }) else { return 0 }
        settings.breakpoints[path]?[place].count += 1
        return settings.breakpoints[path]?[place].count ?? 0
      }
      if let hits = found.hits, count < hits { continue }
      guard let message = found.message, !message.isEmpty else { return found.id }
      tell(.output(filled(message) + "\n"))
    }
    return nil
  }

  private func isTrue(_ condition: String) throws(RuntimeError) -> Bool {
    let value = try evaluate("bool(\(condition)\n)", inFrame: machine.frameCount - 1)
    if case .bool(let truth)? = value { return truth }
    return false
  }

  /// A logpoint's text with the values of what stands in braces.
  private func filled(_ message: String) -> String {
    var (text, rest) = ("", message[...])
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      text += rest[..<open]
      let expression = String(rest[rest.index(after: open)..<close])
      do throws(RuntimeError) {
        text += try evaluate(expression, inFrame: machine.frameCount - 1)?.preview(bytes: 500) ?? ""
      } catch {
        text += "<\(error.kind.rawValue): \(error.message)>"
      }
      rest = rest[rest.index(after: close)...]
    }
    return text + rest
  }

  /// The value of a source in a frame, or at top level.
  func evaluate(_ text: String, inFrame place: Int?) throws(RuntimeError) -> Value? {
    let (module, mistakes) = Module.parse(Source(name: "debug console", text: text))
    if let mistake = mistakes.first(where: \.isError) {
      throw RuntimeError(ErrorKind(rawValue: mistake.kind) ?? .syntaxError, mistake.message, help: mistake.help)
    }
    return try machine.evaluate(module, inFrame: place, globals: globals)
  }
}

/// The lines of a text at which a program can be stopped.
private enum StoppableLines {
  case lines([ClosedRange<Int>])
  case mistake(String)

  init(of text: String, name: String) {
    let (module, mistakes) = Module.parse(Source(name: name, text: text))
    if let mistake = mistakes.first(where: \.isError) {
      self = .mistake("the source cannot be read: \(mistake.message)")
      return
    }
    let program = try? compile(module, in: Globals())
    self = .lines(program?.marks.map(\.lines) ?? [])
  }

  /// Where a breakpoint of a line comes to stand: at the start of the statement that takes it up, or of the next one.
  func line(for line: Int) -> Int? {
    guard case .lines(let lines) = self else { return nil }
    if lines.contains(where: { $0.lowerBound == line }) { return line }
    return lines.filter { $0.contains(line) }.map(\.lowerBound).max() ?? lines.map(\.lowerBound).filter { $0 > line }.min()
  }
}
