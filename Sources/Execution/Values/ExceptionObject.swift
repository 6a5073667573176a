import Diagnostics

/// One call that led to an error: the function, empty at top level, and where in it the next call or the error stands.
public struct TraceEntry: Equatable, Sendable {
  public var function: String
  public var span: Span?

  public init(function: String, span: Span?) {
    self.function = function
    self.span = span
  }
}

/// An exception as a value: what `raise` throws and `except … as e` binds.
public final class ExceptionObject: @unchecked Sendable {
  // Unchecked: values are touched with the floor taken; place and trace are filled in once, while the error travels up.
  public let kind: ErrorKind
  public let message: String
  public let help: String?
  /// The value that was raised with a non-text argument, as in `raise KeyError(3)`.
  let argument: Value?
  /// Where it happened; filled in by the machine that runs the failing instruction.
  public internal(set) var span: Span?
  /// The places in nested lists of what it is about, within the argument that holds them.
  public var path: [Int] = []
  /// The parameters that it may be about, by name, the likeliest first.
  public var parameters: [String] = []
  /// The calls that led there, the outermost first.
  public internal(set) var trace: [TraceEntry] = []
  /// Further attributes, such as `run` of a NumericalError.
  public var attributes: [String: Value]

  public init(
    _ kind: ErrorKind, _ message: String, help: String? = nil, span: Span? = nil, attributes: [String: Value] = [:],
    argument: Value? = nil
  ) {
    self.kind = kind
    self.message = message
    self.help = help
    self.span = span
    self.attributes = attributes
    self.argument = argument
  }
}

extension ExceptionObject {
  /// What `e.message`, `e.line` and the like give; nil where there is no such attribute.
  func attribute(_ name: String) -> Value? {
    switch name {
    case "message": .string(message)
    case "kind": .string(kind.rawValue)
    case "line": span.map { .int($0.start.line) } ?? Value.none
    case "column": span.map { .int($0.start.column) } ?? Value.none
    case "source": span.map { .string($0.source.name) } ?? Value.none
    default: attributes[name]
    }
  }
}

/// A failure of a running program: a raised exception on its way up.
public struct RuntimeError: Error {
  public let exception: ExceptionObject

  public init(raising exception: ExceptionObject) {
    self.exception = exception
  }

  public init(
    _ kind: ErrorKind, _ message: String, help: String? = nil, span: Span? = nil, attributes: [String: Value] = [:]
  ) {
    exception = ExceptionObject(kind, message, help: help, span: span, attributes: attributes)
  }

  /// The error at a place, unless it has one already.
  public func located(at span: Span?) -> RuntimeError {
    if exception.span == nil { exception.span = span }
    return self
  }

  public var kind: ErrorKind { exception.kind }
  public var message: String { exception.message }
  public var help: String? { exception.help }
  public var span: Span? { exception.span }
  public var trace: [TraceEntry] { exception.trace }
}

extension RuntimeError {
  /// The error as the one renderer shows it: where it happened and the calls that led there.
  public var diagnostic: Diagnostic {
    // Each caller by its own name, the innermost first; the last of the trace is where the error itself stands.
    let calls = trace.dropLast().reversed().compactMap { caller in
      caller.span.map { Diagnostic.CallSite(function: caller.function, span: $0) }
    }
    return Diagnostic(kind.rawValue, message, at: span, help: help, calls: calls)
  }
}
