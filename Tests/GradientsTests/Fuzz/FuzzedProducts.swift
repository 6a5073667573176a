import Tensors

@testable import Gradients

extension FuzzedOperation {
  static let products: [FuzzedOperation] = [
    FuzzedOperation(.matmul) { fuzz in
      let stack = fuzz.shape(0...2)
      let inner = fuzz.whole(0...3)
      let left = fuzz.happens(0.2) ? [inner] : stack + [fuzz.whole(0...3), inner]
      let size = fuzz.happens(0.1) ? inner + 1 : inner
      let right = fuzz.happens(0.2) ? [size] : fuzz.partner(of: stack) + [size, fuzz.whole(0...3)]
      let (a, slowA) = try fuzz.numbers(left)
      let (b, slowB) = try fuzz.numbers(right)
      fuzz.expect(slowA.product(slowB), "\(left) @ \(right)") { try a.matmul(b) }
    },
    FuzzedOperation(.matmulAdd) { fuzz in
      let (rows, inner, columns) = (fuzz.whole(0...3), fuzz.whole(0...3), fuzz.whole(0...3))
      let (sum, slowSum) = try fuzz.numbers([rows, columns])
      let (a, slowA) = try fuzz.numbers([rows, inner])
      let (b, slowB) = try fuzz.numbers([inner, columns])
      fuzz.expect(slowA.product(slowB)?.paired(slowSum, +), "[\(rows), \(inner)] @ [\(inner), \(columns)] added", tolerance: 2e-5)
      {
        try Variable.apply(.matmulAdd, .many([sum, a, b]), .transposes(left: false, right: false))
      }
    },
    FuzzedOperation(.einsum) { fuzz in
      let sizes = Dictionary(uniqueKeysWithValues: "abcd".map { ($0, fuzz.whole(0...3)) })
      var terms: [String] = []
      var operands: [(Variable, SlowTensor)] = []
      for _ in 0..<fuzz.whole(1...3) {
        let letters = (0..<fuzz.whole(0...3)).map { _ in Array("abcd")[fuzz.whole(0...3)] }
        terms.append(String(letters))
        operands.append(try fuzz.numbers(letters.map { (sizes[$0] ?? 0) + (fuzz.happens(0.02) ? 1 : 0) }))
      }
      let all = Set(terms.joined()).sorted().shuffled(using: &fuzz.random)
      let output = Array(all.prefix(fuzz.whole(0...all.count)))
      let formula = terms.joined(separator: ",") + "->" + String(output)
      let slow = operands.map { $0.1 }
      fuzz.expect(SlowTensor.einsum(terms.map { Array($0) }, output, slow), "\(formula) of \(slow.map(\.shape))") { [operands] in
        try .einsum(formula, operands.map { $0.0 })
      }
    },
  ]
}

extension SlowTensor {
  /// The matrix product by its definition; a vector is a row on the left and a column on the right.
  func product(_ other: SlowTensor) -> SlowTensor? {
    let left = shape.count == 1 ? SlowTensor([1] + shape, values) : self
    let right = other.shape.count == 1 ? SlowTensor(other.shape + [1], other.values) : other
    let (rows, inner) = (left.shape[left.shape.count - 2], left.shape[left.shape.count - 1])
    let columns = right.shape[right.shape.count - 1]
    guard right.shape[right.shape.count - 2] == inner,
      let stack = SlowTensor.common(Array(left.shape.dropLast(2)), Array(right.shape.dropLast(2)))
    else { return nil }
    func matrix(_ x: SlowTensor, _ place: [Int], _ i: Int, _ j: Int) -> Double {
      x[zip(place.suffix(x.shape.count - 2), x.shape).map { $1 == 1 ? 0 : $0 } + [i, j]]
    }
    let whole = SlowTensor(stack + [rows, columns]) { index in
      let place = Array(index.dropLast(2))
      return (0..<inner).reduce(0) { sum, k in
        sum + matrix(left, place, index[index.count - 2], k) * matrix(right, place, k, index[index.count - 1])
      }
    }
    let result = stack + (shape.count == 1 ? [] : [rows]) + (other.shape.count == 1 ? [] : [columns])
    return SlowTensor(result, whole.values)
  }

  /// The sum over all values of all letters; nil where a letter has two sizes, neither of them 1.
  static func einsum(_ terms: [[Character]], _ output: [Character], _ operands: [SlowTensor]) -> SlowTensor? {
    var sizes: [Character: Int] = [:]
    for (letters, operand) in zip(terms, operands) {
      for (i, letter) in letters.enumerated() {
        // Within one operand nothing is stretched.
        if let first = letters.firstIndex(of: letter), operand.shape[first] != operand.shape[i] { return nil }
        let (known, size) = (sizes[letter] ?? 1, operand.shape[i])
        guard known == size || known == 1 || size == 1 else { return nil }
        sizes[letter] = known == 1 ? size : known
      }
    }
    let letters = output + sizes.keys.filter { !output.contains($0) }.sorted()
    var sums: [[Int]: Double] = [:]
    for index in indices(letters.map { sizes[$0] ?? 0 }) {
      let place = Dictionary(uniqueKeysWithValues: zip(letters, index))
      let product = zip(terms, operands).reduce(1) { $0 * $1.1.stretched($1.0.map { place[$0] ?? 0 }) }
      sums[Array(index.prefix(output.count)), default: 0] += product
    }
    return SlowTensor(output.map { sizes[$0] ?? 0 }) { sums[$0] ?? 0 }
  }
}
