import Diagnostics

/// A source that was read: its statements in order.
public struct Module: Sendable {
  public var source: Source
  public var statements: [Statement]
  /// Whether a `;` behind the last statement keeps its value from being shown.
  public var hidesLastValue: Bool
  /// The functions and lambdas in it, which are numbered from 0.
  public var functionCount: Int
}

public struct Statement: Sendable {
  public var kind: Kind
  public var span: Span

  public init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }

  public indirect enum Kind: Sendable {
    case expression(Expression)
    /// `a = b = value`.
    case assignment(targets: [Expression], value: Expression)
    /// `target += value`.
    case augmented(target: Expression, BinaryOperator, value: Expression)
    case function(Function, decorator: Decorator?)
    case returning(Expression?)
    case conditional(test: Expression, body: [Statement], other: [Statement])
    case whileLoop(test: Expression, body: [Statement], other: [Statement])
    case forLoop(target: Expression, iterable: Expression, body: [Statement], other: [Statement])
    case breaking
    case continuing
    case pass
    case assertion(test: Expression, message: Expression?)
    /// `raise`, and `raise error from cause`.
    case raising(Expression?, cause: Expression?)
    case attempt(body: [Statement], handlers: [Handler], other: [Statement], finally: [Statement])
    case with([WithItem], body: [Statement])
    case deletion([Expression])
    /// `import lib.tools as t`: without `as`, the first word is bound.
    case importing([ImportedModule])
    /// `from lib.tools import f as g`.
    case importingNames(module: String, moduleSpan: Span, [ImportedName])
    /// What a mistake left; never in a tree without diagnostics.
    case broken
  }

  public struct Handler: Sendable {
    /// The kinds that it takes; none takes all.
    public var kinds: [Expression]
    public var name: String?
    public var nameSpan: Span?
    public var body: [Statement]
    public var span: Span
  }

  public struct WithItem: Sendable {
    public var context: Expression
    public var target: Expression?
  }

  public struct ImportedModule: Sendable {
    /// The dotted name.
    public var name: String
    public var alias: String?
    public var span: Span

    /// The name that is bound: the alias, or the first word.
    public var boundName: String { alias ?? String(name.prefix { $0 != "." }) }
  }

  public struct ImportedName: Sendable {
    public var name: String
    public var alias: String?
    public var span: Span

    public var boundName: String { alias ?? name }
  }

  public struct Decorator: Sendable {
    public enum Kind: String, CaseIterable, Sendable {
      case layer
      case compiled
      case customGradient = "custom_gradient"
    }

    public var kind: Kind
    public var span: Span
  }
}

/// A function or a lambda.
public struct Function: Sendable {
  /// Its number in the module, from 0.
  public var id: Int
  /// Empty for a lambda.
  public var name: String
  public var nameSpan: Span
  public var parameters: [FormalParameter]
  /// The shape that it promises to return.
  public var result: ShapePattern?
  public var body: Body
  public var span: Span

  public enum Body: Sendable {
    case statements([Statement])
    /// Of a lambda.
    case expression(Expression)
  }
}

/// A parameter as it is written in a `def` or a lambda.
public struct FormalParameter: Sendable {
  public var name: String
  public var kind: Kind
  public var defaultValue: Expression?
  public var shape: ShapePattern?
  public var span: Span

  public enum Kind: Equatable, Sendable {
    case plain
    /// Behind `*` or `*rest`.
    case keywordOnly
    /// `*rest`.
    case rest
    /// `**rest`.
    case keywords
  }
}
