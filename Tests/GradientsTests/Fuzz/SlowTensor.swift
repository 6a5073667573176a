/// Numbers in a shape, on which everything is computed entry by entry from the definition.
struct SlowTensor {
  let shape: [Int]
  let values: [Double]

  init(_ shape: [Int], _ value: ([Int]) -> Double) {
    self.init(shape, SlowTensor.indices(shape).map(value))
  }

  init(_ shape: [Int], _ values: [Double]) {
    self.shape = shape
    self.values = values
  }

  /// Every index of a shape, the last dimension running fastest.
  static func indices(_ shape: [Int]) -> [[Int]] {
    shape.reduce([[]]) { begun, size in begun.flatMap { index in (0..<size).map { index + [$0] } } }
  }

  var indices: [[Int]] { SlowTensor.indices(shape) }

  subscript(index: [Int]) -> Double { values[zip(index, shape).reduce(0) { $0 * $1.1 + $1.0 }] }

  /// The entry that broadcasting puts at an index of a larger shape.
  func stretched(_ index: [Int]) -> Double {
    self[zip(index.suffix(shape.count), shape).map { $1 == 1 ? 0 : $0 }]
  }

  /// The shape in which two meet; nil where they cannot.
  static func common(_ a: [Int], _ b: [Int]) -> [Int]? {
    let rank = max(a.count, b.count)
    let (left, right) = (Array(repeating: 1, count: rank - a.count) + a, Array(repeating: 1, count: rank - b.count) + b)
    guard zip(left, right).allSatisfy({ $0 == $1 || $0 == 1 || $1 == 1 }) else { return nil }
    return zip(left, right).map { $0 == 1 ? $1 : $0 }
  }

  func paired(_ other: SlowTensor, _ f: (Double, Double) -> Double) -> SlowTensor? {
    SlowTensor.common(shape, other.shape).map { shape in
      SlowTensor(shape) { f(stretched($0), other.stretched($0)) }
    }
  }

  /// The dimension that an axis means; nil where there is none.
  func resolved(_ axis: Int) -> Int? {
    (-shape.count..<shape.count).contains(axis) ? (axis + shape.count) % shape.count : nil
  }

  /// What `f` makes of the entries over `axes`, in order; nil where it gives nothing, or the axes are none.
  func reduced(_ axes: [Int]?, keepdims: Bool, _ f: ([Double]) -> Double?) -> SlowTensor? {
    let found = (axes ?? Array(shape.indices)).map(resolved)
    guard !found.contains(nil), Set(found).count == found.count else { return nil }
    let gone = Set(found.compactMap { $0 })
    let result = shape.indices.compactMap { gone.contains($0) ? (keepdims ? 1 : nil) : shape[$0] }
    let kept = shape.indices.filter { !gone.contains($0) }
    var values: [Double] = []
    for outer in SlowTensor.indices(kept.map { shape[$0] }) {
      let line = indices.filter { index in zip(kept, outer).allSatisfy { index[$0] == $1 } }
      guard let value = f(line.map { self[$0] }) else { return nil }
      values.append(value)
    }
    return SlowTensor(result, values)
  }

  /// What `f` makes of each line along an axis, a line as long.
  func along(_ axis: Int, _ f: ([Double]) -> [Double]) -> SlowTensor? {
    resolved(axis).map { axis in
      SlowTensor(shape) { index in
        let line = (0..<shape[axis]).map { place in self[index.replacing(axis, place)] }
        return f(line)[index[axis]]
      }
    }
  }
}

extension [Int] {
  func replacing(_ axis: Int, _ place: Int) -> [Int] {
    var index = self
    index[axis] = place
    return index
  }
}
