/// The slope of a function of one number at 0, from its values nearby.
///
/// Ridders' method: differences with ever smaller steps are extrapolated to step 0, and the estimate that agrees best
/// with its neighbours is taken, so that neither the step's curvature nor rounding decides.
public struct CentralDifference {
  public private(set) var slope = Double.nan
  /// How far the slope may be off.
  public private(set) var uncertainty = Double.infinity
  /// Whether the function bends at 0, so that it has no slope there.
  public private(set) var isKink = false

  private static let shrink = 2.0
  private static let rounds = 13

  /// - Parameter scale: how large a change of the number is an ordinary one.
  public init(of f: (Double) throws -> Double, scale: Double) throws {
    try extrapolate(f, from: 0.02 * scale)
    isKink = try bends(f, scale)
  }

  private mutating func extrapolate(_ f: (Double) throws -> Double, from first: Double) throws {
    var step = first
    var before: [Double] = []
    for _ in 0..<Self.rounds {
      var row = [try (f(step) - f(-step)) / (2 * step)]
      var factor = Self.shrink * Self.shrink
      for (column, coarse) in before.enumerated() {
        let finer = (row[column] * factor - coarse) / (factor - 1)
        let doubt = max(abs(finer - row[column]), abs(finer - coarse))
        if doubt <= uncertainty {
          uncertainty = doubt
          slope = finer
        }
        row.append(finer)
        factor *= Self.shrink * Self.shrink
      }
      if uncertainty <= 1e-10 * max(1, abs(slope)) { return }
      before = row
      step /= Self.shrink
    }
  }

  /// Whether the slopes to the left and to the right differ, however close one looks.
  private func bends(_ f: (Double) throws -> Double, _ scale: Double) throws -> Bool {
    let middle = try f(0)
    let jumps = try [1e-3, 1e-4, 1e-5].map { part in
      let step = part * scale
      return try (f(step) - 2 * middle + f(-step)) / step
    }
    let threshold = 1e-4 * max(1, abs(slope))
    // Where the function is smooth the jump shrinks with the step.
    return jumps.allSatisfy { abs($0) > threshold } && abs(jumps[2]) > 0.5 * abs(jumps[0])
  }
}
