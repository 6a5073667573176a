import Tensors

extension Operation {
  /// The type of the result, as the kernel gives it, for operands that need not have values.
  public typealias TypeRule = @Sendable (Inputs, Attributes) throws -> DType

  /// A tensor of the result's shape and type whose elements mean nothing, or the error that the operands deserve: all that
  /// a trace needs where nothing is computed.
  func outline(_ inputs: Inputs, _ attributes: Attributes) throws(TensorError) -> Tensor {
    do {
      return try Tensor.outline(shape(inputs.all.map(\.shape), attributes), dtype: dtype(inputs, attributes))
    } catch {
      throw TensorError(of: error)
    }
  }
}

// The usual types of results.
extension Operation {
  static let first: TypeRule = { inputs, _ in inputs[0].dtype }

  /// The type in which all operands meet.
  static let common: TypeRule = { inputs, _ in Tensor.commonType(of: inputs.all.map(\.data)) }

  /// The same; whole numbers become floats.
  static let floating: TypeRule = { try common($0, $1).floating }

  /// The same; truths are counted.
  static let counting: TypeRule = { inputs, attributes in
    let dtype = try common(inputs, attributes)
    return dtype == .bool ? .int64 : dtype
  }

  /// The type that the settings name.
  static let named: TypeRule = { _, attributes in attributes.dtype }

  static func always(_ dtype: DType) -> TypeRule { { _, _ in dtype } }

  /// What a kernel that works on single numbers makes of ones.
  static func ofNumbers(_ kernel: Kernel) -> TypeRule {
    { inputs, attributes in
      let ones = inputs.all.map { Variable(Tensor(single: 1, $0.dtype, isNumber: $0.data.isNumber)) }
      return try kernel(Inputs(ones), attributes).dtype
    }
  }
}
