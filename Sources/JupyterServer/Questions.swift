import JupyterWire

/// A place in a code, between 0 and the number of its Unicode scalars.
public struct Cursor: Equatable, Sendable {
  /// Counted in Unicode scalars from the start of the code.
  public var offset: Int

  public init(_ offset: Int) {
    self.offset = offset
  }

  /// The place in this code; its end if it is shorter.
  public func index(in code: String) -> String.Index {
    code.unicodeScalars.index(code.startIndex, offsetBy: offset, limitedBy: code.endIndex) ?? code.endIndex
  }
}

public struct Completions: Equatable, Sendable {
  public var matches: [Completion]
  /// The part of the code that a match replaces, in Unicode scalars.
  public var replaced: Range<Int>

  public init(_ matches: [Completion], replacing replaced: Range<Int>) {
    self.matches = matches
    self.replaced = replaced
  }
}

public struct Completion: Equatable, Sendable {
  public var text: String
  /// A word that the front end may show beside it: `function`, `module`, `keyword`, `instance`; empty if unknown.
  public var type: String
  /// The parameters of a function: `(input, target)`.
  public var signature: String

  public init(_ text: String, type: String = "", signature: String = "") {
    self.text = text
    self.type = type
    self.signature = signature
  }
}

public enum DetailLevel: Int, Equatable, Sendable {
  case brief = 0
  case full = 1
}

public enum Completeness: Equatable, Sendable {
  case complete
  /// More lines are needed; the next one should start with `indent`.
  case incomplete(indent: String)
  case invalid
  case unknown
}

public struct HistoryRequest: Equatable, Sendable {
  public enum Access: Equatable, Sendable {
    /// The last `count` entries.
    case tail(count: Int)
    /// Lines `start` up to, not including, `stop` (`nil`: to the end) of a session: 0 is the running one, -1 the one before it.
    case range(session: Int, start: Int, stop: Int?)
    /// The last `count` (`nil`: all) entries that match a pattern with `*` and `?`.
    case search(pattern: String, count: Int?, unique: Bool)
  }

  public var access: Access
  public var includesOutput: Bool
  /// The code as it was typed, and not as it was run.
  public var raw: Bool

  public init(_ access: Access, includesOutput: Bool = false, raw: Bool = true) {
    self.access = access
    self.includesOutput = includesOutput
    self.raw = raw
  }
}

public struct HistoryEntry: Equatable, Sendable {
  public var session: Int
  public var line: Int
  public var input: String
  public var output: String?

  public init(session: Int, line: Int, input: String, output: String? = nil) {
    self.session = session
    self.line = line
    self.input = input
    self.output = output
  }
}
