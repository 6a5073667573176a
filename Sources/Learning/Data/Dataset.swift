import Tensors

/// Examples to learn from: rows of inputs and, for each, what is to be predicted.
public struct Dataset: Sendable {
  public var name: String
  /// `[rows, features]`, or more dimensions for images.
  public let x: Tensor
  /// `[rows]`: whole class numbers, or floats in a regression; none if there is nothing to predict. Truths count as 0 and 1.
  public let y: Tensor?
  /// The names of the classes 0, 1, …; empty in a regression.
  public let classes: [String]
  /// The names of the columns of `x`; empty where it has more dimensions.
  public let features: [String]
  /// Height and width, if the features of a row are an image's pixels.
  public let imageSize: [Int]?

  /// - Parameter classes: the names; without them the numbers that `y` holds, if it holds class numbers.
  public init(
    x: Tensor, y: Tensor? = nil, classes: [String] = [], features: [String] = [], imageSize: [Int]? = nil,
    name: String = "dataset"
  ) throws(LearningError) {
    guard x.rank > 0 else { throw .scalarRows("x") }
    if let y {
      guard y.rank > 0 else { throw .scalarRows("y") }
      guard y.shape[0] == x.shape[0] else { throw .rowsDiffer(x: x.shape[0], y: y.shape[0]) }
    }
    let y = y?.dtype == .bool ? try operations { () throws(TensorError) in try y?.cast(to: .int64) } : y
    self.name = name
    self.x = x
    self.y = y
    self.classes = try classes.isEmpty ? Dataset.classNames(y) : classes
    self.features = features.isEmpty && x.rank == 2 ? (0..<x.shape[1]).map { "x\($0 + 1)" } : features
    self.imageSize = imageSize
  }

  private init(_ other: Dataset, x: Tensor, y: Tensor?, keepsFeatures: Bool) {
    name = other.name
    self.x = x
    self.y = y
    classes = other.classes
    features = keepsFeatures ? other.features : []
    imageSize = keepsFeatures ? other.imageSize : nil
  }

  public var count: Int { x.shape[0] }

  /// The rows as images, `[rows, height, width]`; none if they are not.
  public func images() throws(LearningError) -> Tensor? {
    guard let imageSize else { return nil }
    return try operations { () throws(TensorError) in try x.reshape([count] + imageSize) }
  }

  private static func classNames(_ y: Tensor?) throws(LearningError) -> [String] {
    guard let y, y.dtype == .int64 else { return [] }
    let numbers = try operations { () throws(TensorError) in try y.ints() }
    // Beyond this they are counts rather than classes.
    guard let largest = numbers.max(), numbers.allSatisfy({ $0 >= 0 }), largest < 1000 else { return [] }
    return (0...largest).map(String.init)
  }
}

// MARK: - Choosing rows

extension Dataset {
  /// The rows with these numbers, in this order.
  public func rows(_ places: [Int]) throws(LearningError) -> Dataset {
    try operations { () throws(TensorError) in
      let index = try Tensor(places)
      return Dataset(self, x: try x.gather(index, axis: 0), y: try y?.gather(index, axis: 0), keepsFeatures: true)
    }
  }

  /// The first `count` rows, or all if there are fewer.
  public func take(_ count: Int) throws(LearningError) -> Dataset {
    guard count >= 0 else { throw .negativeCount("take", count) }
    return try rows(Array(0..<min(count, self.count)))
  }

  /// `count` different rows in random order, or all if there are fewer.
  public func sample(_ count: Int, from stream: RandomStream) throws(LearningError) -> Dataset {
    guard count >= 0 else { throw .negativeCount("sample", count) }
    return try rows(Array(order(from: stream).prefix(count)))
  }

  public func shuffled(from stream: RandomStream) throws(LearningError) -> Dataset {
    try rows(order(from: stream))
  }

  /// Parts of these shares, drawn at random; together they hold every row once.
  ///
  /// Each part ends at the rounded sum of the shares so far. One share alone is followed by the rest.
  public func split(_ shares: [Double], from stream: RandomStream) throws(LearningError) -> [Dataset] {
    let whole = shares.count == 1 ? [shares[0], 1 - shares[0]] : shares
    guard whole.count > 1, whole.allSatisfy({ $0 > 0 && $0 < 1 }), abs(whole.reduce(0, +) - 1) < 1e-6 else {
      throw .badFractions(shares)
    }
    var parts: [Dataset] = []
    for part in try division(whole, from: stream, for: "split") { parts.append(try rows(part)) }
    return parts
  }

  /// The rows' numbers in random order, in parts of these shares.
  func division(_ shares: [Double], from stream: RandomStream, for owner: String) throws(LearningError) -> [[Int]] {
    let places = try order(from: stream)
    var parts: [[Int]] = []
    var (start, sum) = (0, 0.0)
    for (i, share) in shares.enumerated() {
      sum += share
      let end = i == shares.count - 1 ? count : Int((Double(count) * sum).rounded())
      guard end > start else { throw .emptyPart(of: owner, rows: count) }
      parts.append(Array(places[start..<end]))
      start = end
    }
    return parts
  }

  /// The data in order, `size` rows at a time; the last may have fewer.
  public func batches(_ size: Int) throws(LearningError) -> [Dataset] {
    guard size > 0 else {
      throw .badSetup(of: "batches", problem: "a batch has at least 1 row, but \(size) were asked for", help: "data.batches(32)")
    }
    var batches: [Dataset] = []
    for start in stride(from: 0, to: count, by: size) {
      batches.append(try rows(Array(start..<min(start + size, count))))
    }
    return batches
  }

  /// The same rows with `f` of their inputs, all at once.
  public func map(_ f: (Tensor) throws -> Tensor) throws(LearningError) -> Dataset {
    let mapped = try outside { try f(x) }
    guard mapped.rank > 0, mapped.shape[0] == count else {
      throw .mappedRows(found: mapped.shape.dimensions.first ?? 0, expected: count)
    }
    return Dataset(self, x: mapped, y: y, keepsFeatures: mapped.shape == x.shape)
  }

  /// The numbers of the rows in random order.
  func order(from stream: RandomStream) throws(LearningError) -> [Int] {
    var stream = stream
    return try operations { () throws(TensorError) in try stream.permutation(count).ints() }
  }
}
