import Tensors

/// Where a training first met a value that is not finite.
public struct NonFinite: Sendable {
  /// Counted from 1. The weights are those before it.
  public let step: Int
  public let origin: Origin
  /// The row of the data, counted from 0, that shows it first; none where rows have been summed.
  public let row: Int?
  /// The losses of the last steps before, at most so many.
  public let losses: [Double]
  static let lossCount = 10

  public enum Origin: Sendable {
    /// The data itself.
    case input(Entry)
    case target(Entry)
    /// A weight that the update before, or the program, made so.
    case weight(path: String)
    /// The first operation whose operands were finite and whose result was not.
    case operation(Culprit)
    /// Nothing that was recorded.
    case unknown
  }

  /// The first number of the data, in its own order, that is not finite.
  public struct Entry: Sendable {
    public let row: Int
    /// Within the row; none where a row is one number.
    public let column: Int?
    /// The column's name.
    public let name: String?
    public let value: Double
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
    case .input(let entry): "the inputs are not finite: \(entry.text)"
    case .target(let entry): "the targets are not finite: \(entry.text)"
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
    case .input(let entry), .target(let entry):
      entry.value.isNaN
        ? "is a value missing there, or was 0 divided by 0? isfinite(data.x) shows all places"
        : "was 0 divided by, or its logarithm taken? log1p(x) keeps 0; isfinite(data.x) shows all places"
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

extension NonFinite.Entry {
  /// - Returns: none where all is finite.
  init?(_ tensor: Tensor, names: [String]) {
    guard let place = tensor.doubles.firstIndex(where: { !$0.isFinite }) else { return nil }
    let width = max(1, tensor.count / max(1, tensor.shape.dimensions.first ?? 1))
    row = place / width
    column = tensor.rank > 1 ? place % width : nil
    name = tensor.rank == 2 && names.indices.contains(place % width) ? names[place % width] : nil
    value = tensor.doubles[place]
  }

  fileprivate var text: String {
    let place = column.map { ", column \($0)" } ?? ""
    return "row \(row)\(place)\(name.map { " (\($0))" } ?? "") is \(Figures.significant(value, 4))"
  }
}
