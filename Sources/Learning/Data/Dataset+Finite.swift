extension Dataset {
  /// Looks for an input that is not finite.
  ///
  /// - Parameter places: the numbers by which the rows are named; their own where none are given.
  func requireFinite(by asker: String, rows places: [Int]? = nil) throws(LearningError) {
    guard !isFinite(x), let place = x.doubles.firstIndex(where: { !$0.isFinite }) else { return }
    let width = x.count / count
    let (row, column) = (place / width, place % width)
    throw .notFinite(
      by: asker, row: places?[row] ?? row, feature: features.indices.contains(column) ? features[column] : "entry \(column)")
  }
}
