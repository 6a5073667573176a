/// How the gradient of one weight came to be: every path from the loss to it, factor by factor.
///
/// The multivariate chain rule: the gradient is the sum over all paths, of which each is the product of its local derivatives.
public struct Explanation: Equatable, Sendable {
  /// The weight, as `dense1.weight[0, 1]`.
  public let target: String
  /// The sum over all paths.
  public let value: Double
  /// What the backward pass found.
  public let backprop: Double
  /// The central difference of the loss, computed in float64.
  public let numeric: Double
  /// The number of paths, with those that have a factor of exactly zero.
  public let count: Int
  /// Those with such a factor.
  public let zeroCount: Int
  /// The strongest paths, the strongest first; those of zero are left out.
  public let paths: [Path]
  /// What all other paths sum up to.
  public let rest: Double
  /// By layer from the weight on: what passes through each neuron.
  public let shares: [(layer: String, values: [Double])]
  /// How far the three numbers may be apart.
  public let tolerance: Double

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

  /// Whether sum, backward pass and central difference agree.
  public var isOK: Bool {
    let scale = max(1, abs(backprop))
    return abs(value - backprop) <= tolerance * scale && abs(numeric - backprop) <= tolerance * scale
  }

  public static func == (a: Explanation, b: Explanation) -> Bool {
    a.target == b.target && a.value == b.value && a.backprop == b.backprop && a.numeric == b.numeric && a.paths == b.paths
  }
}
