extension Tensor {
  /// A number as a tensor of rank 0: its few bytes are counted, but never refused.
  ///
  /// - Parameter isNumber: whether it is a number of the program, which takes the type of the tensor it meets.
  public init(single value: Double, _ dtype: DType, isNumber: Bool = false) {
    shape = .scalar
    self.dtype = dtype
    self.isNumber = isNumber
    storage = Storage.makeUnrefused(byteCount: dtype.width)
    switch dtype {
    case .float32: storage.base.storeBytes(of: Float(value), as: Float.self)
    case .float64: storage.base.storeBytes(of: value, as: Double.self)
    case .int64: storage.base.storeBytes(of: Int(value), as: Int.self)
    case .bool: storage.base.storeBytes(of: value != 0, as: Bool.self)
    }
    withExtendedLifetime(storage) {}
  }
}
