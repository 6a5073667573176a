import Testing

@testable import Tensors

@Suite struct ErrorTextTests {
  static let kinds: [TensorError.Kind] = [
    .shapesDiffer(operation: "add", left: [2], right: [3]), .innerSizesDiffer(operation: "matmul", left: [2], right: [3]),
    .innerSizesDiffer(operation: "matmul", left: [2, 3], right: [2, 3]),
    .letterSizesDiffer(letter: "j", size: 3, shape: [2, 3], other: 4, otherShape: [4, 2]),
    .noDerivative(operation: "qr", reason: "the matrix is singular"),
    .joinedShapesDiffer(operation: "concat", first: [2, 1], other: [2], place: 1, axis: 0),
    .joinedShapesDiffer(operation: "stack", first: [2], other: [3], place: 1, axis: 0),
    .wrongRank(operation: "trace", shape: [2], expected: "two dimensions"), .cannotReshape(from: [2], to: [3]),
    .cannotExpand(from: [2], to: [3]), .cannotSqueeze(shape: [2], axis: 0), .cannotSqueeze(shape: [2], axis: -1),
    .countDiffers(values: 2, shape: [3]),
    .valueDoesNotFit(value: [2], place: [3]), .valueDoesNotFit(value: [2], place: []), .negativeSize([-1]),
    .axisOutOfRange(operation: "sum", axis: 2, shape: [2]), .axisOutOfRange(operation: "sum", axis: 0, shape: []),
    .repeatedAxis(operation: "sum", axes: [0, 0]), .indexOutOfRange(index: 2, axis: 0, size: 2),
    .indexOutOfRange(index: 0, axis: 0, size: 0), .tooManyIndices(count: 2, shape: [2]),
    .maskShape(mask: [2], shape: [3], axis: 0),
    .secondEllipsis, .zeroStep, .indexType(.float32), .wrongType(operation: "&", dtype: .float32, expected: "bools"),
    .wrongType(operation: "scatter_add", dtype: .bool, expected: "numbers"), .nothingToReduce(operation: "max", shape: [0]),
    .notOneElement(shape: [2]), .badArgument(operation: "quantile", argument: "q", value: "2", rule: "must be from 0 to 1"),
    .windowTooLarge(operation: "convolution", window: [5], images: [3], padding: [0]),
    .channelsDiffer(operation: "convolution", images: [1, 3, 8], weight: [2, 1, 3], groups: 2),
    .notANumberAsInteger(value: "nan"), .integerOverflow(operation: "add"), .divisionByZero(operation: "floor_divide"),
    .singular(operation: "inv", place: nil), .notPositiveDefinite(minor: 2, place: 1), .notFinite(operation: "svd"),
    .notConverged(operation: "eigh"), .noLibrary(operation: "inv", library: "liblapack.so.3", package: "liblapack3"),
    .tooManyElements([1 << 40, 1 << 40]), .outOfMemory(requested: 2048, used: 0, limit: 1024),
  ]

  @Test(arguments: kinds)
  func `every mistake has a message in one line and a remedy`(_ kind: TensorError.Kind) {
    let error = TensorError(kind)
    #expect(!error.message.isEmpty && !error.message.contains("\n"))
    #expect(error.help?.isEmpty == false)
  }

  @Test(arguments: [
    (TensorError.Kind.axisOutOfRange(operation: "sum", axis: 2, shape: [2]), "sum along axis 2, but shape [2] has only axis 0"),
    (.tooManyIndices(count: 2, shape: [2]), "2 indices for shape [2], which has 1 dimension"),
    (
      .windowTooLarge(operation: "max_pool", window: [5, 5], images: [2, 2], padding: [1, 0]),
      "max_pool: a window of [5, 5] does not fit into images of [2, 2] with padding [1, 0]"
    ),
    (
      .channelsDiffer(operation: "convolution", images: [1, 3, 8], weight: [2, 1, 3], groups: 2),
      "convolution: images [1, 3, 8] have 3 channels, but weights [2, 1, 3] in 2 groups take 2"
    ),
    (
      .valueDoesNotFit(value: [2], place: []),
      "the index picks a single element, but the value to put there has shape [2]"
    ),
  ])
  func `messages read as sentences`(_ kind: TensorError.Kind, message: String) {
    #expect(TensorError(kind).message == message)
  }
}
