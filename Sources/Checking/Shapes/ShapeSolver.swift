import Parsing

/// Matches shapes with annotations, and finds the sizes that the free names stand for.
///
/// The names hold over all that is matched: `x: [n, m]`, `W: [m, k]` agree on `m`.
public struct ShapeSolver {
  public private(set) var known: [String: Int]
  private var open: [Equation] = []

  private struct Equation {
    var owner: Int
    var dimension: Dimension
    var size: Int
  }

  /// What does not fit.
  public struct Misfit {
    public var owner: Int
    /// False where a name in it is not settled, so that more shapes may make it fit.
    public var isCertain: Bool
  }

  /// - Parameter known: the names whose sizes are settled.
  public init(known: [String: Int] = [:]) {
    self.known = known
  }

  /// Takes a shape in; false where its number of dimensions does not fit.
  public mutating func add(_ pattern: ShapePattern, _ shape: [Int], owner: Int = 0) -> Bool {
    guard let pairs = pattern.pairs(with: shape) else { return false }
    open += pairs.map { Equation(owner: owner, dimension: $0.dimension, size: $0.size) }
    return true
  }

  /// Solves all that was taken in.
  ///
  /// - Returns: the owner of the first that does not fit; nil where all do.
  public mutating func solve() -> Misfit? {
    // A sum or product may wait for a name that a later dimension binds.
    while !open.isEmpty {
      let before = open.count
      for equation in open {
        if let expected = equation.dimension.size(known) {
          guard expected == equation.size else { return Misfit(owner: equation.owner, isCertain: true) }
        } else if let (name, size) = equation.dimension.solve(for: equation.size, known) {
          known[name] = size
        }
      }
      open.removeAll { $0.dimension.size(known) == $0.size }
      if open.count == before { return open.first.map { Misfit(owner: $0.owner, isCertain: false) } }
    }
    return nil
  }
}

extension ShapePattern {
  /// What to say of a shape that does not fit: of a parameter's, or of a result's where there is none.
  public func mismatch(
    function: String, parameter: String?, shape: [Int], known: [String: Int]
  ) -> (message: String, help: String) {
    let what = parameter.map { "\(function) expects \($0): " } ?? "\(function) is to return "
    let sizes = known.sorted { $0.key < $1.key }.filter { mentions($0.key) }.map { "\($0.key) is \($0.value)" }
    let count = dimensions.count
    let help =
      if !dimensions.contains(.any), count != shape.count {
        "the annotation has \(count) dimension\(count == 1 ? "" : "s"), the value has \(shape.count)"
      } else if sizes.isEmpty {
        "reshape the value, or change the annotation"
      } else {
        sizes.joined(separator: ", ")
      }
    return ("\(what)\(text), but \(parameter == nil ? "returns" : "receives") \(shape)", help)
  }
}
