import Tensors

extension Operation {
  static let chance = [dropoutMask]

  /// Zeros with the probability `p`, and `1 / (1 − p)` elsewhere.
  ///
  /// The operand is of shape [2] and whole: the seed, and the stream of the first draw. So a plan that was made once
  /// draws anew when it is given the next step's stream.
  public static let dropoutMask: Operation = .init(
    "dropout_mask", arity: .exactly(1), shape: given, derivative: .none, dtype: named
  ) { inputs, attributes in
    let draw = attributes.draw
    let chance = try inputs[0].value.ints().map { UInt64(bitPattern: Int64($0)) }
    let stream = RandomStream(seed: chance[0], stream: chance[1] | UInt64(draw.place))
    return try stream.dropoutMask(draw.shape, p: draw.p, dtype: draw.dtype)
  }
}

extension Variable {
  /// A seed and the stream of the first of many draws, as the operand of operations that draw.
  ///
  /// - Parameter stream: its lowest 20 bits are 0; they count the draws.
  public static func chance(seed: UInt64, stream: UInt64) throws(TensorError) -> Variable {
    Variable(try Tensor([Int(bitPattern: UInt(seed)), Int(bitPattern: UInt(stream))]))
  }

  /// Draws zeros with the probability `p`, and `1 / (1 − p)` elsewhere, from what `chance` gave.
  public func dropoutMask(_ draw: Attributes.Draw) throws(TensorError) -> Variable { try apply(.dropoutMask, .draw(draw)) }
}
