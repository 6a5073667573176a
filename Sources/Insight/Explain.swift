import Glibc
import Gradients
import Learning
import Tensors

/// Explains the gradient of one entry of a weight or bias.
///
/// - Parameters:
///   - loss: a single number, recorded as it was computed.
///   - kind: the entry of the table of losses that made it, if one did: a loss from logits is opened into two factors.
///   - most: how many paths are told one by one.
public func explain(
  _ loss: Variable, _ parameter: Parameter, at place: [Int], kind: LossKind? = nil, most: Int = 12
) throws(InsightError) -> Explanation {
  guard loss.value.count == 1, loss.isTracked else { throw .notLoss }
  let graph = RecordedGraph(of: loss)
  guard let leaf = graph.leaf(of: parameter) else { throw .notReached(parameter.name.isEmpty ? "this weight" : parameter.name) }
  let shape = leaf.shape
  let index = zip(place, shape.dimensions).map { $0 < 0 ? $0 + $1 : $0 }
  guard place.count == shape.rank, zip(index, shape.dimensions).allSatisfy({ $0 >= 0 && $0 < $1 }) else {
    throw .wrongIndex(path: parameter.name, index: place, shape: shape)
  }
  let route = try DensePath(from: leaf, in: graph)
  let gradients = try engines { try Gradients.gradients(of: loss, in: [leaf, route.output]) }
  guard let own = gradients[0]?.value, let outer = gradients[1]?.value else { throw .notReached(parameter.name) }
  let flat = zip(index, shape.dimensions).reduce(0) { $0 * $1.1 + $1.0 }
  let backprop = own.doubles[flat]
  let numeric = try engines { try centralDifference(graph, leaf, flat) }
  let ending = Ending(kind: kind, outputs: try DensePath.rows(route.output.value), slopes: try DensePath.rows(outer))
  let paths = PathSum(route: route, ending: ending, index: index)
  let strongest = paths.strongest(most)
  let value = paths.total
  return Explanation(
    target: "\(parameter.name)[\(index.map(String.init).joined(separator: ", "))]", value: value, backprop: backprop,
    numeric: numeric, count: paths.count, zeroCount: paths.count - paths.nonzeroCount, paths: strongest,
    rest: strongest.count == paths.nonzeroCount ? 0 : value - strongest.reduce(0) { $0 + $1.product },
    shares: paths.shares, tolerance: loss.dtype == .float64 ? 1e-6 : 1e-4)
}

/// The slope of the loss in one number of a leaf, from both sides in float64, one step of Richardson's extrapolation on.
private func centralDifference(_ graph: RecordedGraph, _ leaf: Variable, _ flat: Int) throws -> Double {
  let start = try leaf.value.cast(to: .float64).doubles
  func loss(_ change: Double) throws -> Double {
    var changed = start
    changed[flat] += change
    return try graph.replay(leaf, as: Tensor(changed, shape: leaf.shape, dtype: .float64))
  }
  let step = 1e-3 * max(1, abs(start[flat]))
  let coarse = (try loss(step) - loss(-step)) / (2 * step)
  let fine = (try loss(step / 2) - loss(-step / 2)) / step
  return (4 * fine - coarse) / 3
}

/// What follows the network's output: the loss's derivative by it, in one factor or opened into two.
struct Ending {
  /// `[examples][outputs]`: the derivative by the output.
  let slopes: [[Double]]
  private let kind: LossKind?
  private let outputs: [[Double]]

  init(kind: LossKind?, outputs: [[Double]], slopes: [[Double]]) {
    self.kind = kind
    self.outputs = outputs
    self.slopes = slopes
  }

  func factors(example: Int, output: Int) -> [Explanation.Factor] {
    let slope = slopes[example][output]
    let name = kind?.name ?? "loss"
    if kind?.name == LossKind.binaryCrossEntropy.name, let opened = opened(slope, outputs[example][output], name) {
      return opened
    }
    if kind?.name == LossKind.crossEntropy.name, let opened = openedSoftmax(example, output, name) { return opened }
    return [Explanation.Factor(symbol: "∂L/∂y", formula: kind?.formula ?? "", source: name, value: slope)]
  }

  /// `p = σ(z)`.
  private func opened(_ slope: Double, _ z: Double, _ name: String) -> [Explanation.Factor]? {
    let p = 1 / (1 + exp(-z))
    let inner = p * (1 - p)
    guard inner > 1e-12 else { return nil }
    return [
      Explanation.Factor(symbol: "∂L/∂p", formula: "−t/p + (1 − t)/(1 − p)", source: name, value: slope / inner),
      Explanation.Factor(symbol: "∂p/∂z", formula: "p (1 − p)", source: "sigmoid, p = \(digits(p, 5))", value: inner),
    ]
  }

  /// `p = softmax(z)`: only the right class's share enters the loss, where one class is the target.
  private func openedSoftmax(_ example: Int, _ output: Int, _ name: String) -> [Explanation.Factor]? {
    let z = outputs[example]
    let largest = z.max() ?? 0
    let powers = z.map { exp($0 - largest) }
    let sum = powers.reduce(0, +)
    let p = powers.map { $0 / sum }
    let rows = Double(outputs.count)
    let targets = zip(p, slopes[example]).map { $0 - rows * $1 }
    guard let right = targets.indices.max(by: { targets[$0] < targets[$1] }), abs(targets[right] - 1) < 1e-3, p[right] > 1e-9
    else { return nil }
    let inner = p[right] * ((output == right ? 1 : 0) - p[output])
    guard abs(inner) > 1e-15 else { return nil }
    let formula = output == right ? "p (1 − p)" : "−p pₖ"
    return [
      Explanation.Factor(
        symbol: "∂L/∂p", formula: rows > 1 ? "−1/(n p)" : "−1/p", source: "\(name), class \(right)",
        value: slopes[example][output] / inner),
      Explanation.Factor(
        symbol: "∂p/∂z", formula: formula, source: "softmax, p = \(digits(p[right], 5))", value: inner),
    ]
  }
}
