import Tensors

// The usual kinds of entries.
extension Operation {
  typealias UnaryKernel = @Sendable (Tensor) throws -> Tensor
  typealias BinaryKernel = @Sendable (Tensor, Tensor) throws -> Tensor

  /// A function of each entry: `slope` is its local derivative, `formula` the same for a person.
  static func function(
    _ name: String, _ formula: String, source: String? = nil, at domain: Example.Domain = .between(-2, 2),
    kinks: [Double] = [], kernel: @escaping UnaryKernel, slope: @escaping Derivative.Slope
  ) -> Operation {
    Operation(
      name, arity: .exactly(1), shape: same, derivative: .slopes([slope]), formulas: [formula], source: source,
      kinks: kinks.isEmpty ? .none : .at { _ in kinks }, examples: examples(at: domain, [.none]),
      kernel: .unary(kernel))
  }

  /// A function of each entry with a setting, checked with each of `settings`.
  static func function(
    _ name: String, _ formula: String, source: String? = nil, at domain: Example.Domain = .between(-2, 2),
    with settings: [Attributes], kinks: @escaping @Sendable (Attributes) -> [Double],
    kernel: @escaping @Sendable (Tensor, Attributes) throws -> Tensor,
    slope: @escaping Derivative.Slope
  ) -> Operation {
    let kernel = Kernel.general { inputs, attributes in try kernel(inputs[0].value, attributes) }
    return Operation(
      name, arity: .exactly(1), shape: same, derivative: .slopes([slope]), formulas: [formula], source: source,
      kinks: .at(kinks), examples: examples(at: domain, settings), dtype: ofNumbers(kernel), kernel: kernel)
  }

  private static func examples(at domain: Example.Domain, _ settings: [Attributes]) -> [Example] {
    settings.flatMap { attributes in
      [Shape.scalar, [2, 3]].map { Example([.init(shape: $0, domain: domain)], attributes) }
    }
  }

  /// A function of pairs of entries, with broadcasting.
  static func binary(
    _ name: String, _ formulas: [String], at examples: [[Example.Operand]]? = nil,
    kinks: Kinks = .none, kernel: @escaping BinaryKernel, derivative: Derivative
  ) -> Operation {
    let usual: [[Example.Operand]] = [
      [.anywhere([2, 3]), .anywhere([2, 3])], [.anywhere([2, 1]), .anywhere([3])], [.anywhere([]), .anywhere([2, 2])],
    ]
    return Operation(
      name, arity: .exactly(2), shape: broadcast(name), derivative: derivative, formulas: formulas,
      kinks: kinks, examples: (examples ?? usual).map { Example($0) }, kernel: .binary(kernel))
  }

  /// A function of each entry that is flat but for its jumps.
  static func steps(_ name: String, kernel: @escaping UnaryKernel) -> Operation {
    function(name, "0", at: .between(0.1, 0.4), kernel: kernel) { try $0.x.zerosLike() }
  }

  /// A function of each entry whose result is constant in every backward pass.
  static func constant(_ name: String, kernel: @escaping UnaryKernel) -> Operation {
    Operation(name, arity: .exactly(1), shape: same, derivative: .none, kernel: .unary(kernel))
  }

  /// A function of pairs of entries whose result is constant in every backward pass.
  static func constant(_ name: String, ofPairs kernel: @escaping BinaryKernel) -> Operation {
    Operation(name, arity: .exactly(2), shape: broadcast(name), derivative: .none, kernel: .binary(kernel))
  }
}

// The usual shapes of results.
extension Operation {
  static let same: ShapeRule = { shapes, _ in shapes[0] }

  static func broadcast(_ operation: String) -> ShapeRule {
    { shapes, _ in
      try shapes.dropFirst().reduce(shapes[0]) { left, right in
        guard let both = left.broadcast(with: right) else {
          throw TensorError(.shapesDiffer(operation: operation, left: left, right: right))
        }
        return both
      }
    }
  }

  /// The shape that the settings name.
  static let given: ShapeRule = { _, attributes in attributes.shape }
}
