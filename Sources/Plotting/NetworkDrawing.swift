/// A network as neurons in columns, with its weights between them.
public struct NetworkDrawing: Equatable, Sendable {
  public var title: String?
  public var columns: [Column]

  public struct Column: Equatable, Sendable {
    /// `dense1`, or `input`.
    public var name: String
    /// What it does: `4 → 3, tanh`.
    public var detail: String
    public var count: Int
    /// Values of the neurons, where there are any.
    public var values: [Double]
    /// The weights from the column before, `[from][to]`; empty where these are not known or there are none.
    public var weights: [[Double]]
    /// Their gradients, in the same order.
    public var gradients: [[Double]]

    public init(
      name: String, detail: String, count: Int, values: [Double] = [], weights: [[Double]] = [], gradients: [[Double]] = []
    ) {
      self.name = name
      self.detail = detail
      self.count = count
      self.values = values
      self.weights = weights
      self.gradients = gradients
    }
  }

  public init(columns: [Column], title: String? = nil) {
    self.columns = columns
    self.title = title
  }

  /// The neurons that are drawn of so many: all, or the first and the last with a gap between.
  static func shown(of count: Int) -> [Int?] {
    let most = 10
    guard count > most else { return (0..<count).map { $0 } }
    return (0..<(most - 2)).map { $0 } + [nil, count - 1]
  }
}
