import Diagnostics
import Parsing

/// The place in the bytecode where a statement begins: where a debugger may stop.
public struct StatementMark: Sendable {
  public enum Kind: Sendable {
    case start
    /// A `for` takes its next item.
    case turn
    /// The expression that a lambda gives.
    case lambda
  }

  /// Of the instruction.
  let place: Int
  /// The statement; of one that holds others what stands before its block.
  public let span: Span
  public let kind: Kind

  /// The lines that it takes up.
  public var lines: ClosedRange<Int> {
    let first = span.start.line
    return first...max(first, span.end.line)
  }
}

extension Statement {
  /// What is shown when the program is about to run it; nil for `try`, which does nothing by itself.
  var header: Span? {
    switch kind {
    case .conditional(let test, _, _), .whileLoop(let test, _, _): span.start(through: test.span)
    case .forLoop(_, let iterable, _, _): span.start(through: iterable.span)
    case .function(let function, _):
      span.start(through: function.parameters.last?.span ?? function.nameSpan)
    case .with(let items, _): span.start(through: items.last?.context.span ?? span)
    case .attempt: nil
    default: span
    }
  }
}

extension Statement.Handler {
  var header: Span { span.start(through: nameSpan ?? kinds.last?.span ?? Span(span.source, span.range.prefix(1))) }
}

extension Span {
  /// From this span's start to the end of another.
  func start(through other: Span) -> Span {
    Span(source, range.lowerBound..<max(range.lowerBound, other.range.upperBound))
  }
}

extension Program {
  /// Where the program and the functions in it can be stopped.
  public var marks: [StatementMark] { code.allMarks }
}

extension Code {
  fileprivate var allMarks: [StatementMark] { marks + codes.flatMap(\.allMarks) }
}
