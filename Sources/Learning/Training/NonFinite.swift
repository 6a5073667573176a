import Tensors

/// Where a training first met a value that is not finite.
public struct NonFinite: Sendable {
  /// Counted from 1. The weights are those before it.
  public let step: Int
  public let origin: Origin
  /// The row of the data, counted from 0, that shows it first; none where rows have been summed.
  public let row: Int?
  /// The losses of the last steps before, at most ten.
  public let losses: [Double]

  public enum Origin: Sendable {
    /// The data itself.
    case input
    case target
    /// A weight that the update before, or the program, made so.
    case weight(path: String)
    /// The first operation whose operands were finite and whose result was not.
    case operation(Culprit)
    /// Nothing that was recorded.
    case unknown
  }

  public struct Culprit: Sendable {
    public let name: String
    /// The path of the layer that it is part of; none in the loss and in the backward pass.
    public let layer: String?
    /// Where in the program it was asked for: what `Recorder.site` was then.
    public let site: Int32
    /// Whether it belongs to the gradient and not to the loss.
    public let isBackward: Bool
    public let operands: [Operand]
    /// What came out first: inf, -inf or nan.
    public let value: Double
  }

  public struct Operand: Sendable {
    public let shape: Shape
    /// The largest size of an entry.
    public let largest: Double
  }
}

extension NonFinite {
  public var message: String {
    switch origin {
    case .input: "the inputs hold a value that is not finite\(place)"
    case .target: "the targets hold a value that is not finite\(place)"
    case .weight(let path): "\(path) holds a value that is not finite before step \(step)\(growth)"
    case .operation(let culprit):
      """
      \(culprit.name)\(culprit.layer.map { " of \($0)" } ?? "")\(culprit.isBackward ? ", in the backward pass," : "") gave \
      \(Figures.significant(culprit.value, 4)) in step \(step)\(place), from \(list(culprit.operands))\(growth)
      """
    case .unknown: "the loss is not finite in step \(step)\(growth)"
    }
  }

  public var help: String {
    switch origin {
    case .input, .target: "look for missing values: isfinite(data.x)"
    default:
      losses.count > 1 && (losses.last ?? 0) > 2 * (losses.first ?? 0)
        ? "lower the rate, or clip the gradients: clip=1.0"
        : "standardize the data, or clip the gradients: clip=1.0; the weights of the last finite step are kept"
    }
  }

  private var place: String { row.map { ", first in row \($0) of the data" } ?? "" }

  private var growth: String {
    guard let first = losses.first, let last = losses.last, losses.count > 1 else { return "" }
    let verb = last > first ? "grew" : "went"
    return "; the loss \(verb) from \(Figures.significant(first, 3)) to \(Figures.significant(last, 3)) in \(losses.count) steps"
  }

  private func list(_ operands: [Operand]) -> String {
    operands.map { "\($0.shape) of size up to \(Figures.significant($0.largest, 3))" }.joined(separator: " and ")
  }
}
