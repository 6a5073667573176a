/// A network as neurons in columns, with its weights, or what passes along them, between the columns.
public struct NetworkDrawing: Equatable, Sendable {
  public var title: String?
  public var columns: [Column]
  /// What a line of a positive and of a negative value says.
  public var signs: Signs

  public struct Column: Equatable, Sendable {
    /// `dense1`, or `input`.
    public var name: String
    /// What it does: `4 → 3, tanh`.
    public var detail: String
    public var count: Int
    /// The neurons that must be among those drawn.
    public var marked: [Int] = []
    /// The weights from the column before, `[from][to]`; empty where there are none.
    public var weights: [[Double]]
    /// Their gradients, in the same order.
    public var gradients: [[Double]]
    /// What passes from neurons of the column before to these; where there are any, they are drawn in place of the weights.
    public var flows: [Flow] = []

    public init(name: String, detail: String, count: Int, weights: [[Double]] = [], gradients: [[Double]] = []) {
      self.name = name
      self.detail = detail
      self.count = count
      self.weights = weights
      self.gradients = gradients
    }
  }

  public struct Flow: Equatable, Sendable {
    public let from: Int
    public let to: Int
    public let value: Double

    public init(from: Int, to: Int, value: Double) {
      self.from = from
      self.to = to
      self.value = value
    }
  }

  public struct Signs: Equatable, Sendable {
    public let positive: String
    public let negative: String

    public init(positive: String, negative: String) {
      self.positive = positive
      self.negative = negative
    }
  }

  public init(
    columns: [Column], title: String? = nil, signs: Signs = Signs(positive: "weight above 0", negative: "below 0")
  ) {
    self.columns = columns
    self.title = title
    self.signs = signs
  }

  /// The neurons that are drawn: all, or the marked ones, or the first and the last; nil for those between.
  static func shown(of column: Column) -> [Int?] {
    let (count, most) = (column.count, 10)
    guard count > most else { return (0..<count).map { $0 } }
    let marked = Set(column.marked.prefix(most - 1).filter { $0 >= 0 && $0 < count })
    let kept = (marked.isEmpty ? Set(0..<(most - 2)).union([count - 1]) : marked).sorted()
    var shown: [Int?] = []
    var next = 0
    for neuron in kept {
      if neuron > next { shown.append(nil) }
      shown.append(neuron)
      next = neuron + 1
    }
    return next < count ? shown + [nil] : shown
  }
}
