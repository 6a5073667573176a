import Glibc
import Gradients
import Learning

/// What follows the network's output: the loss's derivative by it, in one factor or opened into two.
struct Ending {
  /// `[examples][outputs]`: the derivative by the output.
  let slopes: [[Double]]
  private let kind: LossKind?
  private let follower: Gradients.Operation?
  private let outputs: [[Double]]

  /// - Parameters:
  ///   - kind: the entry of the table of losses that made the loss, if one did.
  ///   - follower: what is done first with the output.
  init(kind: LossKind?, follower: Gradients.Operation?, outputs: [[Double]], slopes: [[Double]]) {
    self.kind = kind
    self.follower = follower
    self.outputs = outputs
    self.slopes = slopes
  }

  private var numbers: Int { outputs.reduce(0) { $0 + $1.count } }

  func factors(example: Int, output: Int) -> [Explanation.Factor] {
    let name = kind?.name ?? "loss"
    let slope = slopes[example][output]
    if let mixing = follower?.name, mixing == "softmax" || mixing == "log_softmax" && kind?.name != LossKind.crossEntropy.name {
      // Each of its results depends on all of the layer's numbers: one factor, as no neuron is on a way of its own.
      return [
        Explanation.Factor(symbol: "∂L/∂z", formula: "Σₖ ∂L/∂aₖ · ∂aₖ/∂z", source: "\(mixing) and what follows", value: slope)
      ]
    }
    switch kind?.name {
    case LossKind.binaryCrossEntropy.name: return sigmoidEnding(slope, outputs[example][output], name)
    case LossKind.crossEntropy.name: return softmaxEnding(example, output, name)
    case LossKind.mse.name: return [single(numbers > 1 ? "2 (y − t) / \(numbers)" : "2 (y − t)", name, slope)]
    default: return [single(kind?.formula ?? "", name, slope)]
    }
  }

  private func single(_ formula: String, _ source: String, _ value: Double) -> Explanation.Factor {
    Explanation.Factor(symbol: "∂L/∂y", formula: formula, source: source, value: value)
  }

  /// A loss is a mean over so many.
  private func mean(_ formula: String, over count: Int) -> String { count > 1 ? "(\(formula)) / \(count)" : formula }

  /// `p = σ(z)`.
  private func sigmoidEnding(_ slope: Double, _ z: Double, _ name: String) -> [Explanation.Factor] {
    let p = 1 / (1 + exp(-z))
    let inner = p * (1 - p)
    guard inner > 1e-12 else { return [single(mean("p − t", over: numbers), "\(name), p = \(digits(p, 5))", slope)] }
    return [
      Explanation.Factor(
        symbol: "∂L/∂p", formula: mean("−t/p + (1 − t)/(1 − p)", over: numbers), source: name, value: slope / inner),
      Explanation.Factor(symbol: "∂p/∂z", formula: "p (1 − p)", source: "sigmoid, p = \(digits(p, 5))", value: inner),
    ]
  }

  /// `p = softmax(z)`: only the right class's share enters the loss, where one class is the target.
  private func softmaxEnding(_ example: Int, _ output: Int, _ name: String) -> [Explanation.Factor] {
    let z = outputs[example]
    let largest = z.max() ?? 0
    let powers = z.map { exp($0 - largest) }
    let sum = powers.reduce(0, +)
    let p = powers.map { $0 / sum }
    let rows = outputs.count
    let whole = single(
      mean("p − t", over: rows), "\(name), p = \(digits(p[output], 5))", slopes[example][output])
    let targets = zip(p, slopes[example]).map { $0 - Double(rows) * $1 }
    guard let right = targets.indices.max(by: { targets[$0] < targets[$1] }), abs(targets[right] - 1) < 1e-3, p[right] > 1e-9
    else { return [whole] }
    let inner = p[right] * ((output == right ? 1 : 0) - p[output])
    guard abs(inner) > 1e-15 else { return [whole] }
    return [
      Explanation.Factor(
        symbol: "∂L/∂p", formula: rows > 1 ? "−1/(\(rows) p)" : "−1/p", source: "\(name), class \(right)",
        value: slopes[example][output] / inner),
      Explanation.Factor(
        symbol: "∂p/∂z", formula: output == right ? "p (1 − p)" : "−p pₖ", source: "softmax, p = \(digits(p[right], 5))",
        value: inner),
    ]
  }
}
