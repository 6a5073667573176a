import Tensors

/// The settings of one application of an operation: data, so that plans, exports and explanations can read them.
///
/// The larger ones are boxed, since every recorded operation has a place for its settings and most have none.
public enum Attributes: Sendable {
  case none
  /// A number: a slope, a scale.
  case number(Double)
  /// A lower and an upper bound.
  indirect case bounds(Double, Double)
  /// The type of the result.
  case dtype(DType)
  /// The dimensions that are reduced, counted from 0 in rising order, and whether they stay with length 1.
  indirect case axes([Int], keepdims: Bool)
  /// The dimension along which the operation works, counted from 0.
  case axis(Int)
  /// The shape of the result.
  case shape(Shape)
  /// For each dimension of the result, the operand's dimension it comes from.
  case permutation([Int])
  /// Whether the last two dimensions of the left and of the right operand are exchanged first.
  case transposes(left: Bool, right: Bool)
  /// The entries that are taken, one range a dimension, and the shape they are taken from.
  indirect case ranges([Range], of: Shape)
  /// For each operand the entries that it is written to, one range a dimension, and the shape of the whole.
  indirect case pieces([[Range]], of: Shape)
  /// What stands between the brackets, and the shape it is applied to.
  indirect case indices([Index], of: Shape)
  /// The dimension along which entries are put in order.
  indirect case order(axis: Int, descending: Bool)
  /// A dimension and its length.
  indirect case length(Int, axis: Int)
  /// The letters of a summation, with `->`.
  case formula(String)
  /// The window that moves over images, and the shape of these.
  indirect case window(Window, of: Shape)
  /// What is drawn.
  indirect case draw(Draw)
  /// The derivative that the program gives.
  case rule(CustomRule)

  /// Numbers that chance sets to 0 with probability `p`.
  public struct Draw: Sendable, Equatable {
    /// Which draw of its pass it is, counted from 0.
    public var place: Int
    public var p: Double
    public var shape: Shape
    public var dtype: DType

    public init(place: Int, p: Double, shape: Shape, dtype: DType) {
      self.place = place
      self.p = p
      self.shape = shape
      self.dtype = dtype
    }
  }

  /// Every `step`-th entry of one dimension: `count` entries from `start`; the step may be negative.
  public struct Range: Sendable, Equatable {
    public var start: Int
    public var step: Int
    public var count: Int

    /// This range of the entries of another one, as a range of what that one is of.
    func within(_ outer: Range) -> Range {
      Range(start: outer.start + outer.step * start, step: outer.step * step, count: count)
    }

    /// Whether no entry belongs to both.
    func isApart(from other: Range) -> Bool {
      let (low, high) = (Swift.min(start, start + step * (count - 1)), Swift.max(start, start + step * (count - 1)))
      let (otherLow, otherHigh) = (
        Swift.min(other.start, other.start + other.step * (other.count - 1)),
        Swift.max(other.start, other.start + other.step * (other.count - 1))
      )
      return high < otherLow || otherHigh < low || count == 0 || other.count == 0
    }

    /// The same as a part of an index.
    var index: Index {
      let stop = start + step * count
      return .slice(start: start, stop: stop < 0 ? nil : stop, step: step)
    }

    public init(start: Int, step: Int = 1, count: Int) {
      self.start = start
      self.step = step
      self.count = count
    }
  }
}

// An operation is applied with its own settings, so asking for others is a mistake of ours.
extension Attributes {
  var number: Double {
    guard case .number(let number) = self else { preconditionFailure("no number in \(self)") }
    return number
  }

  var bounds: (low: Double, high: Double) {
    guard case .bounds(let low, let high) = self else { preconditionFailure("no bounds in \(self)") }
    return (low, high)
  }

  var dtype: DType {
    switch self {
    case .dtype(let dtype): return dtype
    case .draw(let draw): return draw.dtype
    default: preconditionFailure("no type in \(self)")
    }
  }

  var axes: [Int] {
    guard case .axes(let axes, _) = self else { preconditionFailure("no axes in \(self)") }
    return axes
  }

  var keepdims: Bool {
    guard case .axes(_, let keeps) = self else { preconditionFailure("no axes in \(self)") }
    return keeps
  }

  var axis: Int {
    switch self {
    case .axis(let axis), .length(_, let axis), .order(let axis, _): return axis
    default: preconditionFailure("no axis in \(self)")
    }
  }

  var length: Int {
    guard case .length(let length, _) = self else { preconditionFailure("no length in \(self)") }
    return length
  }

  var shape: Shape {
    switch self {
    case .shape(let shape), .ranges(_, let shape), .pieces(_, let shape), .indices(_, let shape), .window(_, let shape):
      return shape
    case .draw(let draw): return draw.shape
    default: preconditionFailure("no shape in \(self)")
    }
  }

  var permutation: [Int] {
    guard case .permutation(let permutation) = self else { preconditionFailure("no permutation in \(self)") }
    return permutation
  }

  var transposes: (left: Bool, right: Bool) {
    guard case .transposes(let left, let right) = self else { preconditionFailure("no transposes in \(self)") }
    return (left, right)
  }

  var indices: [Index] {
    guard case .indices(let indices, _) = self else { preconditionFailure("no indices in \(self)") }
    return indices
  }

  var isDescending: Bool {
    guard case .order(_, let isDescending) = self else { preconditionFailure("no order in \(self)") }
    return isDescending
  }

  var pieces: [[Range]] {
    guard case .pieces(let pieces, _) = self else { preconditionFailure("no pieces in \(self)") }
    return pieces
  }

  var ranges: [Range] {
    guard case .ranges(let ranges, _) = self else { preconditionFailure("no ranges in \(self)") }
    return ranges
  }

  var formula: EinsumFormula {
    guard case .formula(let text) = self else { preconditionFailure("no formula in \(self)") }
    return EinsumFormula(text: text)
  }

  var window: Window {
    guard case .window(let window, _) = self else { preconditionFailure("no window in \(self)") }
    return window
  }

  var draw: Draw {
    guard case .draw(let draw) = self else { preconditionFailure("no draw in \(self)") }
    return draw
  }

  var rule: CustomRule {
    guard case .rule(let rule) = self else { preconditionFailure("no rule in \(self)") }
    return rule
  }
}

// Settings that plans compare to find what is computed twice. Those with tensors or rules in them are taken to differ.
extension Attributes: Hashable {
  public static func == (a: Attributes, b: Attributes) -> Bool {
    switch (a, b) {
    case (.none, .none): true
    case (.number(let a), .number(let b)): a.bitPattern == b.bitPattern
    case (.bounds(let a, let b), .bounds(let c, let d)): a == c && b == d
    case (.dtype(let a), .dtype(let b)): a == b
    case (.axes(let a, let keepsA), .axes(let b, let keepsB)): a == b && keepsA == keepsB
    case (.axis(let a), .axis(let b)): a == b
    case (.shape(let a), .shape(let b)): a == b
    case (.permutation(let a), .permutation(let b)): a == b
    case (.transposes(let a, let b), .transposes(let c, let d)): a == c && b == d
    case (.ranges(let a, let shapeA), .ranges(let b, let shapeB)): a == b && shapeA == shapeB
    case (.pieces(let a, let shapeA), .pieces(let b, let shapeB)): a == b && shapeA == shapeB
    case (.length(let a, let axisA), .length(let b, let axisB)): a == b && axisA == axisB
    case (.formula(let a), .formula(let b)): a == b
    case (.window(let a, let shapeA), .window(let b, let shapeB)): a == b && shapeA == shapeB
    default: false
    }
  }

  // Few nodes agree in operation and operands, so the settings need not be told apart here.
  public func hash(into hasher: inout Hasher) {}
}
