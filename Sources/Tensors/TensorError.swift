/// A mistake in what was asked of tensors, as data.
public struct TensorError: Error, Equatable, Sendable {
  public var kind: Kind

  public init(_ kind: Kind) { self.kind = kind }

  public enum Kind: Equatable, Sendable {
    /// Two shapes that cannot be broadcast together.
    case shapesDiffer(operation: String, left: Shape, right: Shape)
    /// The sizes that a product sums over differ.
    case innerSizesDiffer(operation: String, left: Shape, right: Shape)
    /// A letter of einsum's formula that stands for dimensions of two sizes.
    case letterSizesDiffer(letter: String, size: Int, shape: Shape, other: Int, otherShape: Shape)
    /// Tensors to be joined that differ in another dimension than the one they are joined along.
    case joinedShapesDiffer(operation: String, first: Shape, other: Shape, place: Int, axis: Int)
    /// An operation that wants another number of dimensions; `expected` reads like `two dimensions`.
    case wrongRank(operation: String, shape: Shape, expected: String)
    case cannotReshape(from: Shape, to: [Int])
    case cannotExpand(from: Shape, to: Shape)
    case cannotSqueeze(shape: Shape, axis: Int)
    case countDiffers(values: Int, shape: Shape)
    /// An assignment to what an index picks.
    case valueDoesNotFit(value: Shape, place: Shape)
    case negativeSize([Int])
    case axisOutOfRange(operation: String, axis: Int, shape: Shape)
    case repeatedAxis(operation: String, axes: [Int])
    case indexOutOfRange(index: Int, axis: Int, size: Int)
    case tooManyIndices(count: Int, shape: Shape)
    case maskShape(mask: Shape, shape: Shape, axis: Int)
    case secondEllipsis
    case zeroStep
    case indexType(DType)
    /// An operation that has no meaning for this element type.
    case wrongType(operation: String, dtype: DType, expected: String)
    /// A reduction without a value for no elements, such as `max`.
    case nothingToReduce(operation: String, shape: Shape)
    case notOneElement(shape: Shape)
    /// An argument whose value breaks `rule`, which reads like `must be from 0 to 1`.
    case badArgument(operation: String, argument: String, value: String, rule: String)
    /// A window larger than the images with their padding.
    case windowTooLarge(operation: String, window: [Int], images: [Int], padding: [Int])
    /// Images whose channels are not those that the weights are for.
    case channelsDiffer(operation: String, images: Shape, weight: Shape, groups: Int)
    case notANumberAsInteger(value: String)
    case integerOverflow(operation: String)
    case divisionByZero(operation: String)
    case tooManyElements([Int])
    /// Bytes asked for, in use and allowed.
    case outOfMemory(requested: Int, used: Int, limit: Int)
    /// A matrix that has no inverse; of a stack, which one.
    case singular(operation: String, place: Int?)
    /// The first of the upper left parts of a matrix that has no positive determinant, by its size; of a stack, which matrix.
    case notPositiveDefinite(minor: Int, place: Int?)
    /// A result that moves by jumps where its operand changes.
    case noDerivative(operation: String, reason: String)
    /// An algorithm that needs finite numbers, or that found no result for these.
    case notFinite(operation: String)
    case notConverged(operation: String)
    /// A library that is not there; `package` is what installs it.
    case noLibrary(operation: String, library: String, package: String)
    /// The thread was asked to stop.
    case interrupted
  }

  /// The kind of error that the language raises for it.
  public enum Category: String, Sendable {
    case shapeError = "ShapeError"
    case valueError = "ValueError"
    case indexError = "IndexError"
    case typeError = "TypeError"
    case memoryError = "MemoryError"
    case importError = "ImportError"
    case overflowError = "OverflowError"
    case zeroDivisionError = "ZeroDivisionError"
    case keyboardInterrupt = "KeyboardInterrupt"
  }

  public var category: Category {
    switch kind {
    case .shapesDiffer, .innerSizesDiffer, .letterSizesDiffer, .joinedShapesDiffer, .wrongRank, .cannotReshape, .cannotExpand,
      .cannotSqueeze, .countDiffers, .valueDoesNotFit, .windowTooLarge, .channelsDiffer:
      .shapeError
    case .negativeSize, .repeatedAxis, .zeroStep, .nothingToReduce, .notOneElement, .badArgument, .singular,
      .notPositiveDefinite, .noDerivative, .notFinite, .notConverged:
      .valueError
    case .axisOutOfRange, .indexOutOfRange, .tooManyIndices, .maskShape, .secondEllipsis: .indexError
    case .indexType, .wrongType: .typeError
    case .notANumberAsInteger, .integerOverflow: .overflowError
    case .divisionByZero: .zeroDivisionError
    case .tooManyElements, .outOfMemory: .memoryError
    case .noLibrary: .importError
    case .interrupted: .keyboardInterrupt
    }
  }
}
