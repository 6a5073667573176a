/// Lines of equal height through a grid of samples.
///
/// W. Lorensen and H. Cline, "Marching cubes", 1987, in the plane; ambiguous squares are cut by their middle.
enum MarchingSquares {
  struct Segment: Equatable {
    var x1: Double
    var y1: Double
    var x2: Double
    var y2: Double
  }

  /// Segments in the grid's own places: columns along x, rows along y.
  static func segments(_ grid: Grid, level: Double) -> [Segment] {
    guard grid.rows > 1, grid.columns > 1 else { return [] }
    var segments: [Segment] = []
    for i in 0..<(grid.rows - 1) {
      for j in 0..<(grid.columns - 1) {
        let corners = [grid[i, j], grid[i, j + 1], grid[i + 1, j + 1], grid[i + 1, j]]
        guard corners.allSatisfy(\.isFinite) else { continue }
        segments += square(corners, level, Double(j), Double(i))
      }
    }
    return segments
  }

  private static func square(_ corners: [Double], _ level: Double, _ x: Double, _ y: Double) -> [Segment] {
    let places = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]
    var crossings: [(Double, Double)] = []
    for side in 0..<4 {
      let (a, b) = (corners[side], corners[(side + 1) % 4])
      guard (a < level) != (b < level) else { continue }
      let t = (level - a) / (b - a)
      let (from, to) = (places[side], places[(side + 1) % 4])
      crossings.append((from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * t))
    }
    func segment(_ i: Int, _ j: Int) -> Segment {
      Segment(x1: crossings[i].0, y1: crossings[i].1, x2: crossings[j].0, y2: crossings[j].1)
    }
    switch crossings.count {
    case 2: return [segment(0, 1)]
    case 4:
      let isHigh = corners.reduce(0, +) / 4 >= level
      return isHigh == (corners[0] >= level) ? [segment(0, 1), segment(2, 3)] : [segment(3, 0), segment(1, 2)]
    default: return []
    }
  }
}
