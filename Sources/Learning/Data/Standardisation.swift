import Tensors

extension Dataset {
  /// Brings each feature of the first dataset to mean 0 and variance 1, and does the very same to the others.
  ///
  /// Only the first is looked at, so that nothing of a test set leaks into training. A feature that is constant there
  /// is shifted and left in its size.
  public static func standardize(_ sets: [Dataset]) throws(LearningError) -> [Dataset] {
    guard let first = sets.first else { return [] }
    let width = first.x.count / max(1, first.count)
    for other in sets.dropFirst() where other.x.shape.dimensions.dropFirst() != first.x.shape.dimensions.dropFirst() {
      throw .differentFeatures(width, other.x.count / max(1, other.count))
    }
    try first.requireFinite(by: "standardize")
    let (mean, deviation) = columnStatistics(first.x.doubles, width: width)
    var results: [Dataset] = []
    for set in sets {
      var values = set.x.doubles
      for i in values.indices {
        values[i] = (values[i] - mean[i % width]) / (deviation[i % width] > 0 ? deviation[i % width] : 1)
      }
      let dtype = set.x.dtype.floating
      let scaled = try operations { () throws(TensorError) in try Tensor(values, shape: set.x.shape, dtype: dtype) }
      results.append(try set.map { _ in scaled })
    }
    return results
  }

  /// The mean and the standard deviation (over n) of each column of values that lie row by row.
  static func columnStatistics(_ values: [Double], width: Int) -> (mean: [Double], deviation: [Double]) {
    let rows = Double(max(1, values.count / max(1, width)))
    // Measured from the first row, so that a constant column has a deviation of exactly 0.
    let first = Array(values.prefix(width))
    var sum = [Double](repeating: 0, count: width)
    for i in values.indices { sum[i % width] += values[i] - first[i % width] }
    let mean = zip(first, sum).map { $0 + $1 / rows }
    var variance = [Double](repeating: 0, count: width)
    for i in values.indices {
      let distance = values[i] - mean[i % width]
      variance[i % width] += distance * distance / rows
    }
    return (mean, variance.map { $0.squareRoot() })
  }
}
