import Gradients
import Learning
import Tensors

/// A small network in float64 with an input, a target and its recorded loss.
struct Example {
  let network: Network
  let loss: Variable
  let kind: LossKind?

  /// - Parameters:
  ///   - widths: of the layers, the input's first.
  ///   - target: numbers of the prediction's shape, or class numbers where there is one for each row.
  init(
    _ widths: [Int], hidden: Activation = .tanh, output: Activation = .linear, rows: Int = 1, loss: Loss = .mse,
    seed: UInt64 = 0, target: (Int) throws -> Tensor
  ) throws {
    let layers = try widths.dropFirst().enumerated().map { i, units in
      try Layer.dense(units, i == widths.count - 2 ? output : hidden)
    }
    var random = RandomStream(seed: seed, stream: 7)
    network = try Network([.input([widths[0]])] + layers, stream: RandomStream(seed: seed))
    try network.widen(&random)
    let x = try Tensor.random([rows, widths[0]], &random)
    self.loss = try loss(try network(Variable(x)), try target(rows))
    kind = loss.kind
  }

  func parameter(_ path: String) throws -> Parameter {
    guard let found = network.parameters.first(where: { $0.path == path }) else { throw Missing(path: path) }
    return found.parameter
  }

  struct Missing: Error {
    let path: String
  }
}

extension Network {
  /// Weights in float64, and biases that are not zero.
  func widen(_ random: inout RandomStream) throws {
    for (_, parameter) in parameters {
      parameter.value =
        parameter.value.rank == 1
        ? try Tensor.random(parameter.value.shape, &random) : try parameter.value.cast(to: .float64)
    }
  }

  /// Gives weights the values that are told, in float64.
  func set(_ values: [String: [Double]]) throws {
    for (path, parameter) in parameters {
      guard let numbers = values[path] else { continue }
      parameter.value = try Tensor(numbers, shape: parameter.value.shape, dtype: .float64)
    }
  }
}

extension Tensor {
  /// Normal numbers in float64.
  static func random(_ shape: Shape, _ random: inout RandomStream) throws -> Tensor {
    try random.normal(shape, dtype: .float64)
  }
}
