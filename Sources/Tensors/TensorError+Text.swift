extension TensorError {
  /// What happened, with the values.
  public var message: String {
    switch kind {
    case .shapesDiffer(let operation, let left, let right):
      "\(operation) cannot bring \(left) and \(right) to one shape"
    case .innerSizesDiffer(let operation, let left, let right):
      "\(operation) needs matching inner sizes, but got \(left) and \(right)"
    case .letterSizesDiffer(let letter, let size, let shape, let other, let otherShape):
      "einsum: \(letter) stands for \(size) in \(shape), and for \(other) in \(otherShape)"
    case .joinedShapesDiffer(let operation, let first, let other, let place, let axis):
      "\(operation) along axis \(axis) needs equal sizes elsewhere, but the first is \(first) and number \(place + 1) is \(other)"
    case .wrongRank(let operation, let shape, let expected):
      "\(operation) needs \(expected), but got shape \(shape)"
    case .cannotReshape(let from, let to):
      "cannot reshape \(from), which has \(elements(from.count)), to \(list(to))"
    case .cannotExpand(let from, let to): "cannot expand \(from) to \(to)"
    case .cannotSqueeze(let shape, let axis):
      "axis \(axis) of \(shape) has size \(shape[axis < 0 ? axis + shape.rank : axis]), not 1"
    case .countDiffers(let values, let shape):
      "shape \(shape) takes \(elements(shape.count)), but \(values) were given"
    case .valueDoesNotFit(let value, let place):
      "the index picks \(place.rank == 0 ? "a single element" : "shape \(place)"), but the value to put there has shape \(value)"
    case .negativeSize(let sizes): "a shape has no negative sizes, but got \(list(sizes))"
    case .axisOutOfRange(let operation, let axis, let shape):
      shape.rank == 0
        ? "\(operation) along axis \(axis) of a scalar, which has no axes"
        : "\(operation) along axis \(axis), but shape \(shape) has \(shape.rank == 1 ? "only axis 0" : "axes 0 to \(shape.rank - 1)")"
    case .repeatedAxis(let operation, let axes): "\(operation) needs each axis once, but got \(list(axes))"
    case .indexOutOfRange(let index, let axis, let size):
      "index \(index) is out of range for axis \(axis), which has size \(size)"
    case .tooManyIndices(let count, let shape): "\(count) indices for shape \(shape), which has \(dimensions(shape.rank))"
    case .maskShape(let mask, let shape, let axis):
      "a bool index of shape \(mask) does not fit axis \(axis) of shape \(shape)"
    case .secondEllipsis: "an index can hold `...` only once"
    case .zeroStep: "the step of a slice cannot be 0"
    case .indexType(let dtype): "\(dtype) tensors cannot be indices"
    case .wrongType(let operation, let dtype, let expected): "\(operation) needs \(expected), but got \(dtype)"
    case .nothingToReduce(let operation, let shape): "\(operation) of no elements has no value, but got shape \(shape)"
    case .notOneElement(let shape): "only one element makes a number, but shape \(shape) has \(shape.count)"
    case .badArgument(let operation, let argument, let value, let rule): "\(operation): \(argument) \(rule), but got \(value)"
    case .windowTooLarge(let operation, let window, let images, let padding):
      "\(operation): a window of \(list(window)) does not fit into images of \(list(images))"
        + (padding.contains { $0 > 0 } ? " with padding \(list(padding))" : "")
    case .channelsDiffer(let operation, let images, let weight, let groups):
      "\(operation): images \(images) have \(images[1]) channels, but weights \(weight)"
        + (groups == 1 ? "" : " in \(groups) groups") + " take \(weight[1] * groups)"
    case .notANumberAsInteger(let value): "\(value) has no int64 value"
    case .integerOverflow(let operation): "\(operation) goes beyond the 64 bits of int64"
    case .divisionByZero(let operation): "\(operation) by zero"
    case .tooManyElements(let sizes): "shape \(list(sizes)) has more elements than any memory holds"
    case .outOfMemory(let requested, let used, let limit):
      "\(bytes(requested)) more would exceed the memory limit: \(bytes(used)) of \(bytes(limit)) are in use"
    case .singular(let operation, let place):
      "\(operation) of a singular matrix\(stacked(place)): its rows depend on each other, so it has no inverse"
    case .notPositiveDefinite(let minor, let place):
      "cholesky of a matrix\(stacked(place)) that is not positive definite: its leading minor of size \(minor) is not above 0"
    case .noDerivative(let operation, let reason): "\(operation) has no derivative here: \(reason)"
    case .notFinite(let operation): "\(operation) needs finite numbers, but got nan or inf"
    case .notConverged(let operation): "\(operation) found no result for this matrix"
    case .noLibrary(let operation, let library, _): "\(operation) needs the library \(library), which is not there"
    case .interrupted: "interrupted"
    }
  }

  /// How to mend it, where there is something to say.
  public var help: String? {
    switch kind {
    case .shapesDiffer(_, let left, let right) where left.rank == 1 && right.rank == 2 && left[0] == right[0]:
      "sizes are compared from the right: write the first as a column, x[:, None]"
    case .shapesDiffer(_, let left, let right) where left.rank == 2 && right.rank == 1 && left[0] == right[0]:
      "sizes are compared from the right: write the second as a column, x[:, None]"
    case .shapesDiffer: "sizes are compared from the right and must be equal or 1"
    case .innerSizesDiffer(_, let left, let right): innerSizesHelp(left, right)
    case .letterSizesDiffer: "a letter stands for one size, or for 1: give the axes other letters, or transpose an operand"
    case .joinedShapesDiffer("stack", _, _, _, _):
      "stack takes tensors of one shape; concat joins along a dimension that they have"
    case .joinedShapesDiffer: "all sizes must agree, but for that along the axis: choose it by axis="
    case .cannotReshape: "the sizes must multiply to the number of elements; one of them may be -1"
    case .cannotExpand: "only sizes of 1 stretch, and new dimensions come first"
    case .indexOutOfRange(_, _, let size) where size > 0: "indices go from 0 to \(size - 1), or from -\(size) to -1 from the end"
    case .countDiffers: "give as many values as the shape's sizes multiply to"
    case .valueDoesNotFit: "a value is stretched only along sizes of 1, and new dimensions come first"
    case .cannotSqueeze: "only dimensions of size 1 can go: sum or index the others"
    case .negativeSize: "sizes go from 0 up"
    case .axisOutOfRange(_, _, let shape): shape.rank > 0 ? "axes count from 0, and -1 is the last one" : "leave the axis out"
    case .repeatedAxis: "name each dimension once"
    case .wrongRank(_, let shape, _):
      shape.rank == 0
        ? "a scalar has no dimensions: x.reshape(1) makes a vector" : "reshape it first, or pick a part with an index"
    case .tooManyIndices(_, let shape):
      shape.rank == 0 ? "a single number takes no index" : "give at most one index for each dimension"
    case .indexOutOfRange: "there is nothing to pick from"
    case .secondEllipsis: "write : for each dimension that is taken whole"
    case .zeroStep: "::2 takes every second place, ::-1 all in reverse"
    case .maskShape: "a bool index needs the sizes of the dimensions it selects from"
    case .indexType: "index with whole numbers or with bools: .to(\"int64\") makes whole numbers"
    case .nothingToReduce: "check the shape before reducing it"
    case .notOneElement: "pick one with an index, or reduce with sum() or mean()"
    case .wrongType(_, .bool, _): "x.to(\"int64\") makes numbers of bools"
    case .wrongType(_, let dtype, _) where dtype.isFloat: "x.to(\"int64\") makes whole numbers, x > 0 makes bools"
    case .windowTooLarge: "give a smaller window, larger images or more padding"
    case .channelsDiffer: "images are [batch, channels, height, width], weights [filters, channels/groups, height, width]"
    case .notANumberAsInteger: "int64 holds no nan, no inf and nothing beyond 64 bits: where(isfinite(x), x, 0) replaces them"
    case .wrongType(let operation, let dtype, _): "\(operation) does not take \(dtype): convert with x.to(...)"
    case .badArgument(let operation, _, _, _): "help(\(operation)) tells what it takes"
    case .divisionByZero: "floats give inf or nan instead: x.to(\"float32\")"
    case .tooManyElements: "check the sizes: they multiply to the number of elements"
    case .integerOverflow: "use floats: x.to(\"float64\")"
    case .outOfMemory: "use smaller batches or float32, or raise the limit with --memory"
    case .singular: "pinv and lstsq take singular matrices too"
    case .notPositiveDefinite: "x.T @ x + 0.001 * eye(n) is positive definite; eigh shows the eigenvalues"
    case .noDerivative: "a matrix whose rows and columns do not depend on each other has one"
    case .notFinite: "isfinite(x) finds what is nan or inf"
    case .notConverged: "scale the matrix, or use float64: x.to(\"float64\")"
    case .noLibrary(_, _, let package): "install the package \(package): apt install \(package)"
    case .interrupted: nil
    }
  }

  /// Which matrix of a stack is meant.
  private func stacked(_ place: Int?) -> String { place.map { " (number \($0 + 1) of the stack)" } ?? "" }

  private func innerSizesHelp(_ left: Shape, _ right: Shape) -> String? {
    guard left.rank > 0, right.rank > 0, let inner = left.dimensions.last, let last = right.dimensions.last else { return nil }
    if left.rank == 1, right.rank == 1 { return "vectors are multiplied only with vectors of their size" }
    if right.rank >= 2 && inner == last { return "transpose the second one" }
    if left.rank >= 2 && left[left.rank - 2] == right[max(right.rank - 2, 0)] { return "transpose the first one" }
    return "the last size of the first must be the second-last of the second"
  }

  private func list(_ sizes: [Int]) -> String { "[" + sizes.map(String.init).joined(separator: ", ") + "]" }

  private func dimensions(_ rank: Int) -> String { rank == 1 ? "1 dimension" : "\(rank) dimensions" }

  private func elements(_ count: Int) -> String { count == 1 ? "1 element" : "\(count) elements" }

  private func bytes(_ count: Int) -> String {
    let units = ["bytes", "KiB", "MiB", "GiB", "TiB"]
    var value = Double(count)
    var unit = 0
    while value >= 1024, unit < units.count - 1 {
      value /= 1024
      unit += 1
    }
    let tenths = (value * 10).rounded() / 10
    return tenths == tenths.rounded() ? "\(Int(tenths)) \(units[unit])" : "\(tenths) \(units[unit])"
  }
}
