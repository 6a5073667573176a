import Gradients

/// How the gradient of one weight came to be: every path from the loss to it, factor by factor.
///
/// The multivariate chain rule: the gradient is the sum over all paths, of which each is the product of its local derivatives.
public struct Explanation: Equatable, Sendable {
  /// The weight, as `dense1.weight[0, 1]`.
  public let target: String
  /// What was differentiated, and its value.
  public let lossName: String
  public let loss: Double
  /// The sum over all paths.
  public let value: Double
  /// What the backward pass found.
  public let backprop: Double
  /// The central difference of the loss, computed in float64.
  public let numeric: Double
  /// Whether the loss bends at this weight, so that the central difference says nothing.
  public let isKink: Bool
  /// The number of paths, with those that have a factor of exactly zero.
  public let count: Int
  /// Those with such a factor.
  public let zeroCount: Int
  /// The strongest paths, the strongest first; those of zero are left out.
  public let paths: [Path]
  /// What all other paths sum up to.
  public let rest: Double
  /// The layers from the weight on.
  public let layers: [Layer]
  /// What the weight is multiplied with: the number of the input; none for a bias.
  public let input: (number: Int, count: Int)?
  /// The sum of the paths' sizes: what rounding is measured by.
  public let size: Double
  /// Whether the loss was computed in float64.
  public let isDouble: Bool

  /// A layer on the way.
  public struct Layer: Equatable, Sendable {
    public let name: String
    /// What passes through each of its neurons.
    public let shares: [Double]
    /// What passes from one neuron of the layer before to one of this; of the strongest neurons alone.
    public let flows: [Flow]
    /// The strongest neurons, in order.
    public let strongest: [Int]
  }

  public struct Flow: Equatable, Sendable {
    public let from: Int
    public let to: Int
    public let value: Double
  }

  /// One way from the loss to the weight.
  public struct Path: Equatable, Sendable {
    /// The row of the batch; none where there is only one.
    public let example: Int?
    /// From the weight on: `dense1[1]`, `dense2[0]`.
    public let neurons: [String]
    /// From the loss to the weight.
    public let factors: [Factor]
    public let product: Double
  }

  /// A local derivative.
  public struct Factor: Equatable, Sendable {
    /// What it is: `∂L/∂p`.
    public let symbol: String
    /// How it is computed: `p (1 − p)`.
    public let formula: String
    /// Where it is from: `dense2[0] sigmoid`.
    public let source: String
    public let value: Double
  }

  init(
    target: String, lossName: String, loss: Double, backprop: Double, numeric: CentralDifference, sum: PathSum, told: [Path],
    isDouble: Bool
  ) {
    self.target = target
    self.lossName = lossName
    self.loss = loss
    self.backprop = backprop
    self.numeric = numeric.slope
    isKink = numeric.isKink
    self.isDouble = isDouble
    value = sum.total
    size = sum.size
    count = sum.count
    zeroCount = sum.count - sum.nonzeroCount
    paths = told
    rest = told.count == sum.nonzeroCount ? 0 : sum.total - told.reduce(0) { $0 + $1.product }
    layers = sum.layers
    input = sum.input
  }

  /// Whether sum, backward pass and central difference agree, as far as the loss has a slope and the numbers are exact.
  public var isOK: Bool {
    let scale = max(size, abs(backprop))
    let isSumRight = abs(value - backprop) <= (isDouble ? 1e-9 : 1e-4) * scale
    // A difference of losses is as exact as these: some 10 figures of theirs.
    let doubt = (isDouble ? 1e-6 : 1e-4) * scale + 1e-9 * max(1, abs(loss))
    return isSumRight && (isKink || abs(numeric - backprop) <= doubt)
  }

  public static func == (a: Explanation, b: Explanation) -> Bool {
    a.target == b.target && a.value == b.value && a.backprop == b.backprop && a.numeric == b.numeric && a.paths == b.paths
  }
}
