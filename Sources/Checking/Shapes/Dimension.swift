import Parsing

public typealias Dimension = ShapePattern.Dimension

extension Dimension {
  /// The size, where all names in it are known and it does not overflow.
  public func size(_ known: [String: Int]) -> Int? {
    func both(_ a: Dimension, _ b: Dimension, _ combine: (Int, Int) -> (Int, Bool)) -> Int? {
      guard let a = a.size(known), let b = b.size(known) else { return nil }
      let (result, overflow) = combine(a, b)
      return overflow ? nil : result
    }
    switch self {
    case .size(let size): return size
    case .name(let name): return known[name]
    case .any: return nil
    case .sum(let a, let b): return both(a, b) { $0.addingReportingOverflow($1) }
    case .product(let a, let b): return both(a, b) { $0.multipliedReportingOverflow(by: $1) }
    }
  }

  /// What the one unknown name must be for the whole to have a size: `n + 1 = 5` gives `n = 4`.
  public func solve(for size: Int, _ known: [String: Int]) -> (name: String, size: Int)? {
    switch self {
    case .name(let name): return known[name] == nil && size >= 0 ? (name, size) : nil
    case .size, .any: return nil
    case .sum(let a, let b):
      if let b = b.size(known) { return a.solve(for: size &- b, known) }
      if let a = a.size(known) { return b.solve(for: size &- a, known) }
    case .product(let a, let b):
      if let b = b.size(known), b > 0, size % b == 0 { return a.solve(for: size / b, known) }
      if let a = a.size(known), a > 0, size % a == 0 { return b.solve(for: size / a, known) }
    }
    return nil
  }
}

extension ShapePattern {
  /// The dimensions beside the sizes they stand for; nil where the counts do not fit.
  public func pairs(with shape: [Int]) -> [(dimension: Dimension, size: Int)]? {
    guard let rest = dimensions.firstIndex(of: .any) else {
      return dimensions.count == shape.count ? Array(zip(dimensions, shape)).map { ($0, $1) } : nil
    }
    let after = dimensions.count - rest - 1
    guard shape.count >= rest + after else { return nil }
    let front = zip(dimensions[..<rest], shape[..<rest]).map { ($0, $1) }
    return front + zip(dimensions[(rest + 1)...], shape[(shape.count - after)...]).map { ($0, $1) }
  }
}

extension ShapePattern {
  public func mentions(_ name: String) -> Bool { dimensions.contains { $0.names.contains(name) } }
}
