/// Leaves out what would fall on the same pixel.
struct Thinning {
  private var seen: Set<Int> = []

  /// Whether no place asked for before was on the same pixel.
  mutating func isNew(_ place: (Double, Double)) -> Bool {
    guard abs(place.0) < 1e6, abs(place.1) < 1e6 else { return false }
    return seen.insert(Int(place.0.rounded()) &* 4_000_001 &+ Int(place.1.rounded())).inserted
  }

  /// Where a line goes back and forth, columns alone do not bound it.
  private static let most = 20_000

  /// Of many points in one column of pixels the lowest and the highest, so that no peak is lost.
  static func line(_ points: [(Double, Double)], width: Double) -> [(Double, Double)] {
    guard points.count > 2 * Int(width) else { return points }
    var result: [(Double, Double)] = []
    var i = 0
    while i < points.count {
      let column = points[i].0.rounded()
      var (low, high, j) = (points[i], points[i], i)
      while j < points.count, points[j].0.rounded() == column {
        if points[j].1 < low.1 { low = points[j] }
        if points[j].1 > high.1 { high = points[j] }
        j += 1
      }
      if low == high {
        result.append(low)
      } else {
        result += low.0 <= high.0 ? [low, high] : [high, low]
      }
      i = j
    }
    guard result.count > most else { return result }
    return stride(from: 0, to: result.count, by: (result.count + most - 1) / most).map { result[$0] }
  }
}
