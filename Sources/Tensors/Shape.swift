/// The sizes of a tensor's dimensions, outermost first; `[]` is a scalar.
public struct Shape: Hashable, Sendable, CustomStringConvertible, ExpressibleByArrayLiteral {
  public let dimensions: [Int]
  /// The number of elements.
  public let count: Int

  public static let scalar = Shape()

  public init() {
    dimensions = []
    count = 1
  }

  /// Throws a `ValueError` for a negative size and a `MemoryError` where the number of elements has no 64-bit count.
  public init(_ dimensions: [Int]) throws(TensorError) {
    guard dimensions.allSatisfy({ $0 >= 0 }) else { throw TensorError(.negativeSize(dimensions)) }
    guard let count = Shape.product(dimensions) else { throw TensorError(.tooManyElements(dimensions)) }
    self.dimensions = dimensions
    self.count = count
  }

  /// A shape written in our own source: sizes that no shape can have are a mistake of ours.
  public init(arrayLiteral elements: Int...) {
    guard elements.allSatisfy({ $0 >= 0 }), let count = Shape.product(elements) else {
      preconditionFailure("a literal shape has sizes from 0 up")
    }
    dimensions = elements
    self.count = count
  }

  /// For dimensions that come from valid shapes and multiply to `count`.
  init(valid dimensions: [Int], count: Int) {
    self.dimensions = dimensions
    self.count = count
  }

  public var rank: Int { dimensions.count }
  public var description: String { "[" + dimensions.map(String.init).joined(separator: ", ") + "]" }
  public subscript(axis: Int) -> Int { dimensions[axis] }

  /// The product, nil where that of all sizes but 0 is beyond 2⁵⁵: so eight bytes an element and sums of offsets fit 64 bits.
  static func product(_ sizes: [Int]) -> Int? {
    var count = 1
    for size in sizes where size != 0 {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      guard !overflow, product <= 1 << 55 else { return nil }
      count = product
    }
    return sizes.contains(0) ? 0 : count
  }
}

extension Shape {
  /// Elements between neighbours along each dimension, row-major.
  public var strides: [Int] {
    var strides = [Int](repeating: 1, count: rank)
    var step = 1
    for axis in dimensions.indices.reversed() {
      strides[axis] = step
      step *= max(dimensions[axis], 1)
    }
    return strides
  }

  /// NumPy's rule: sizes are compared from the right and a 1 stretches; nil where two sizes cannot meet.
  public func broadcast(with other: Shape) -> Shape? {
    if self == other || other.rank == 0 { return self }
    if rank == 0 { return other }
    let rank = max(self.rank, other.rank)
    var dimensions = [Int](repeating: 1, count: rank)
    for fromRight in 1...rank {
      let left = fromRight <= self.rank ? self.dimensions[self.rank - fromRight] : 1
      let right = fromRight <= other.rank ? other.dimensions[other.rank - fromRight] : 1
      guard left == right || left == 1 || right == 1 else { return nil }
      dimensions[rank - fromRight] = left == 1 ? right : left
    }
    guard let count = Shape.product(dimensions) else { return nil }
    return Shape(valid: dimensions, count: count)
  }

  /// The dimension meant by `axis`, where -1 is the last.
  public func resolve(axis: Int, in operation: String) throws(TensorError) -> Int {
    guard axis >= -rank, axis < rank else {
      throw TensorError(.axisOutOfRange(operation: operation, axis: axis, shape: self))
    }
    return axis < 0 ? axis + rank : axis
  }

  /// This shape without dimension `axis`, or with size 1 there.
  public func removing(axis: Int, keepDimension: Bool = false) -> Shape {
    var dimensions = dimensions
    if keepDimension { dimensions[axis] = 1 } else { dimensions.remove(at: axis) }
    return Shape(valid: dimensions, count: dimensions.reduce(1, *))
  }

  /// This shape with another size along `axis`.
  func replacing(axis: Int, with size: Int) throws(TensorError) -> Shape {
    var dimensions = dimensions
    dimensions[axis] = size
    return try Shape(dimensions)
  }
}
