import CKernels

extension Tensor {
  public func logicalAnd(_ other: Tensor) throws(TensorError) -> Tensor { try logic("&", other) { $0 && $1 } }
  public func logicalOr(_ other: Tensor) throws(TensorError) -> Tensor { try logic("|", other) { $0 || $1 } }

  public func logicalNot() throws(TensorError) -> Tensor {
    try needsBools("~")
    return try mapped(Bool.self, Bool.self) { !$0 }
  }

  private func logic(_ name: String, _ other: Tensor, _ operation: (Bool, Bool) -> Bool) throws(TensorError) -> Tensor {
    try needsBools(name)
    try other.needsBools(name)
    let shape = try Tensor.common(self, other, name)
    let loop = BroadcastLoop(self.shape, other.shape, to: shape)
    return try Tensor(shape, of: Bool.self) { out throws(TensorError) in
      try loop.runEach(self, other, as: Bool.self, into: out) { operation($0, $1) }
    }
  }

  private func needsBools(_ operation: String) throws(TensorError) {
    guard dtype == .bool else { throw TensorError(.wrongType(operation: operation, dtype: dtype, expected: "bools")) }
  }

  /// `left` where `condition` holds, else `right`; all three are broadcast to one shape.
  public static func `where`(_ condition: Tensor, _ left: Tensor, _ right: Tensor) throws(TensorError) -> Tensor {
    guard let values = left.shape.broadcast(with: right.shape) else {
      throw TensorError(.shapesDiffer(operation: "where", left: left.shape, right: right.shape))
    }
    guard let shape = condition.shape.broadcast(with: values) else {
      throw TensorError(.shapesDiffer(operation: "where", left: condition.shape, right: values))
    }
    let common = commonType(left, right)
    let left = try left.cast(to: common).stretched(to: shape)
    let right = try right.cast(to: common).stretched(to: shape)
    let condition = try condition.cast(to: .bool).expand(to: shape)
    let (leftStep, rightStep) = (left.count == shape.count ? 1 : 0, right.count == shape.count ? 1 : 0)
    let width = common.width
    var result = try Tensor(uninitialized: shape, common)
    try result.withMutableBytes { out throws(TensorError) in
      try condition.withElements(Bool.self) { condition throws(TensorError) in
        try left.withBytes { a throws(TensorError) in
          try right.withBytes { b throws(TensorError) in
            try Interruption.inParts(of: shape.count) { start, length in
              bp_select(
                width, condition.baseAddress.map { $0 + start }, a + start * leftStep * width, Int32(leftStep),
                b + start * rightStep * width, Int32(rightStep), out + start * width, length)
            }
          }
        }
      }
    }
    return result
  }

  /// Expanded to `shape`, but a single element stays single.
  private func stretched(to shape: Shape) throws(TensorError) -> Tensor {
    count == 1 ? self : try expand(to: shape)
  }
}
