import Diagnostics

/// A part of a program that has a value.
public struct Expression: Sendable {
  public var kind: Kind
  public var span: Span

  public init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }

  public indirect enum Kind: Sendable {
    case none
    case ellipsis
    case bool(Bool)
    case int(Int)
    case float(Double)
    case string(String)
    /// `f"..."`: texts and values in order.
    case formatted([FormattedPart])
    case name(String)
    case tuple([Expression])
    case list([Expression])
    case dict([DictEntry])
    case unary(UnaryOperator, Expression)
    case binary(BinaryOperator, Expression, Expression)
    /// `and` and `or`, with two operands or more.
    case logical(LogicalOperator, [Expression])
    /// `a < b <= c`: one operator for each operand after the first.
    case comparison(Expression, [Comparand])
    /// `value if test else other`.
    case conditional(test: Expression, value: Expression, other: Expression)
    case lambda(Function)
    case call(Expression, [Argument])
    case attribute(Expression, name: String, nameSpan: Span)
    case item(Expression, Expression)
    /// `start:stop:step`, only between the brackets of an item.
    case slice(start: Expression?, stop: Expression?, step: Expression?)
    /// `*rest` in a list, a tuple or a target.
    case starred(Expression)
    /// `[element for …]`; a generator expression is read as one.
    case listComprehension(element: Expression, Comprehension)
    case dictComprehension(key: Expression, value: Expression, Comprehension)
    /// What a mistake left; never in a tree without diagnostics.
    case broken
  }

  public struct Comparand: Sendable {
    public var comparison: ComparisonOperator
    public var operand: Expression
  }

  public enum DictEntry: Sendable {
    case pair(key: Expression, value: Expression)
    /// `**other`.
    case spread(Expression)
  }

  public enum FormattedPart: Sendable {
    case text(String)
    /// `{value!r:spec}`; `=` behind a value comes as a text before it.
    case value(Expression, conversion: Conversion?, spec: [FormattedPart])
  }

  public enum Conversion: String, Sendable {
    case text = "s"
    case representation = "r"
    case ascii = "a"
  }
}

/// The `for … in … if …` of a comprehension. Its variables are its own.
public struct Comprehension: Sendable {
  /// Its number in the module, from 1: its variable `x` lives in the frame around as `x#1`.
  public var id: Int
  public var clauses: [Clause]

  public struct Clause: Sendable {
    public var target: Expression
    public var iterable: Expression
    public var conditions: [Expression]
  }
}

/// One argument of a call.
public struct Argument: Sendable {
  public var kind: Kind
  public var value: Expression
  /// The name and the value, where there is a name.
  public var span: Span

  public enum Kind: Equatable, Sendable {
    case positional
    case keyword(String)
    /// `*values`.
    case spread
    /// `**values`.
    case keywordSpread
  }
}

public enum UnaryOperator: String, Sendable {
  case negate = "-"
  case plus = "+"
  case invert = "~"
  case not
}

public enum BinaryOperator: String, Sendable, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case floorDivide = "//"
  case modulo = "%"
  case power = "**"
  case matrixMultiply = "@"
  case and = "&"
  case or = "|"
}

public enum LogicalOperator: String, Sendable {
  case and
  case or
}

public enum ComparisonOperator: String, Sendable {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case isSame = "is"
  case isNotSame = "is not"
  case contains = "in"
  case lacks = "not in"
}

extension Expression {
  /// The names that assigning to this target binds.
  public var boundNames: [String] {
    switch kind {
    case .name(let name): [name]
    case .tuple(let parts), .list(let parts): parts.flatMap(\.boundNames)
    case .starred(let part): part.boundNames
    default: []
    }
  }
}
