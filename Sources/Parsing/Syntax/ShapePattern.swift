import Diagnostics

/// A shape annotation: `[batch, 2 * n, ...]`.
public struct ShapePattern: Sendable {
  public var dimensions: [Dimension]
  public var span: Span

  public indirect enum Dimension: Sendable, Equatable {
    case size(Int)
    case name(String)
    /// `...`: any number of dimensions, at most once.
    case any
    case sum(Dimension, Dimension)
    case product(Dimension, Dimension)
  }
}

extension ShapePattern.Dimension {
  /// The names that stand in the dimension.
  public var names: [String] {
    switch self {
    case .name(let name): [name]
    case .sum(let a, let b), .product(let a, let b): a.names + b.names
    case .size, .any: []
    }
  }
}

extension ShapePattern {
  /// The pattern as it is written.
  public var text: String { "[" + dimensions.map(\.text).joined(separator: ", ") + "]" }
}

extension ShapePattern.Dimension {
  /// The dimension as it is written.
  public var text: String {
    switch self {
    case .size(let size): String(size)
    case .name(let name): name
    case .any: "..."
    case .sum(let a, let b): a.text + " + " + b.text
    case .product(let a, let b): a.factorText + " * " + b.factorText
    }
  }

  private var factorText: String {
    if case .sum = self { "(" + text + ")" } else { text }
  }
}
