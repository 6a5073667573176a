/// The walk over two operands that are stretched to one shape, as rows in which each operand moves by 1 or stays.
struct BroadcastLoop {
  /// Elements of one row.
  private(set) var count = 1
  /// How far each operand moves from one element of a row to the next: 1 or 0.
  private(set) var leftStep = 0
  private(set) var rightStep = 0
  private var outerSizes: [Int] = []
  private var outerLeft: [Int] = []
  private var outerRight: [Int] = []

  init(_ left: Shape, _ right: Shape, to shape: Shape) {
    if left == right || left.count == 1 || right.count == 1 {
      count = shape.count
      leftStep = left.count == 1 ? 0 : 1
      rightStep = right.count == 1 ? 0 : 1
      return
    }
    collapse(StridedView(left).expanded(to: shape).strides, StridedView(right).expanded(to: shape).strides, shape)
  }

  /// Merges neighbouring dimensions over which both operands move evenly, then takes the innermost for the row.
  private mutating func collapse(_ left: [Int], _ right: [Int], _ shape: Shape) {
    for axis in 0..<shape.rank where shape[axis] != 1 {
      if let last = outerSizes.indices.last, outerLeft[last] == left[axis] * shape[axis],
        outerRight[last] == right[axis] * shape[axis]
      {
        outerSizes[last] *= shape[axis]
        outerLeft[last] = left[axis]
        outerRight[last] = right[axis]
      } else {
        outerSizes.append(shape[axis])
        outerLeft.append(left[axis])
        outerRight.append(right[axis])
      }
    }
    count = outerSizes.popLast() ?? 1
    leftStep = outerLeft.popLast() ?? 0
    rightStep = outerRight.popLast() ?? 0
  }

  /// Calls `body` with the places of each row's first elements: left, right, result.
  @inline(__always)
  func forEachRow(_ body: (Int, Int, Int) throws(TensorError) -> Void) throws(TensorError) {
    if outerSizes.isEmpty { return try body(0, 0, 0) }
    if outerSizes.contains(0) { return }
    var index = [Int](repeating: 0, count: outerSizes.count)
    var left = 0
    var right = 0
    var place = 0
    while true {
      try body(left, right, place)
      place += count
      var axis = outerSizes.count - 1
      while axis >= 0 {
        index[axis] += 1
        left += outerLeft[axis]
        right += outerRight[axis]
        if index[axis] < outerSizes[axis] { break }
        left -= outerLeft[axis] * outerSizes[axis]
        right -= outerRight[axis] * outerSizes[axis]
        index[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }
}

extension BroadcastLoop {
  /// The loop over two operands of type `T`; `row` gets the first elements of left, right and result of some neighbours, and how
  /// many they are. It asks now and then whether to stop.
  @inline(__always)
  func run<T: Element, U: Element>(
    _ left: Tensor, _ right: Tensor, as: T.Type, into out: UnsafeMutableBufferPointer<U>,
    row: (UnsafePointer<T>, UnsafePointer<T>, UnsafeMutablePointer<U>, Int) throws(TensorError) -> Void
  ) throws(TensorError) {
    try left.withElements(T.self) { a throws(TensorError) in
      try right.withElements(T.self) { b throws(TensorError) in
        guard out.count > 0, let a = a.baseAddress, let b = b.baseAddress, let out = out.baseAddress else { return }
        var tally = Interruption.Tally()
        try forEachRow { left, right, place throws(TensorError) in
          try Interruption.inParts(of: count) { start, length throws(TensorError) in
            try row(a + left + start * leftStep, b + right + start * rightStep, out + place + start, length)
          }
          try tally.add(count)
        }
      }
    }
  }

  /// The same for an operation on one element of each.
  @inline(__always)
  func runEach<T: Element, U: Element>(
    _ left: Tensor, _ right: Tensor, as: T.Type, into out: UnsafeMutableBufferPointer<U>,
    _ operation: (T, T) throws(TensorError) -> U
  ) throws(TensorError) {
    try run(left, right, as: T.self, into: out) { a, b, out, length throws(TensorError) in
      for i in 0..<length { out[i] = try operation(a[i * leftStep], b[i * rightStep]) }
    }
  }
}
