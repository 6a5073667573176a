import Tensors

@testable import Gradients

/// Numbers without chance of their own: the same for the same seed.
struct OperandSource: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func next() -> UInt64 {
    state = state &+ 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// An operand that fits its declaration in the table.
  mutating func tensor(_ operand: Example.Operand) throws -> Tensor {
    let count = operand.shape.count
    var numbers: [Double]
    var dtype = DType.float64
    switch operand.domain {
    case .between(let low, let high):
      numbers = (0..<count).map { _ in Double.random(in: low...high, using: &self) }
    case .eitherSign(let low, let high):
      numbers = (0..<count).map { _ in
        Double.random(in: low...high, using: &self) * (Bool.random(using: &self) ? 1 : -1)
      }
    case .apart:
      numbers = (0..<count).map { 0.17 * (Double($0) - Double(count) / 2) + Double.random(in: 0.03...0.1, using: &self) }
      numbers.shuffle(using: &self)
    case .bool:
      numbers = (0..<count).map { Double($0 % 2) }.shuffled(using: &self)
      dtype = .bool
    case .heavyDiagonal:
      let (rows, columns) = (operand.shape[operand.shape.rank - 2], operand.shape[operand.shape.rank - 1])
      numbers = (0..<count).map { place in
        let (row, column) = (place / columns % rows, place % columns)
        return Double.random(in: -0.7...0.7, using: &self) + (row == column ? 3.5 + 1.7 * Double(row) : 0)
      }
    case .places(let bound):
      numbers = (0..<count).map { _ in Double(Int.random(in: 0..<bound, using: &self)) }
      dtype = .int64
    }
    return try Tensor(numbers, shape: operand.shape, dtype: dtype)
  }
}
