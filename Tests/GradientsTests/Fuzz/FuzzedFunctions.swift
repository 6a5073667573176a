import Glibc
import Tensors

@testable import Gradients

extension FuzzedOperation {
  /// Functions of each entry, by their definitions.
  static let functions: [FuzzedOperation] = exponentials + angles + arithmetic + activations + others

  private static let exponentials: [FuzzedOperation] = [
    function(.exp) { exp($0) }, function(.expm1) { expm1($0) }, function(.log, in: 0.1...3) { log($0) },
    function(.log1p, in: -0.9...3) { log1p($0) }, function(.log2, in: 0.1...3) { log2($0) },
    function(.log10, in: 0.1...3) { log10($0) }, function(.erf) { erf($0) },
  ]

  private static let angles: [FuzzedOperation] = [
    function(.sin) { sin($0) }, function(.cos) { cos($0) }, function(.tan, in: -1.4...1.4) { tan($0) },
    function(.sinh) { sinh($0) }, function(.cosh) { cosh($0) }, function(.tanh) { tanh($0) },
  ]

  private static let arithmetic: [FuzzedOperation] = [
    function(.negate) { -$0 }, function(.absolute) { abs($0) }, function(.sign) { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 },
    function(.square) { $0 * $0 }, function(.sqrt, in: 0...3) { $0.squareRoot() },
    function(.round) { $0.rounded(.toNearestOrEven) }, function(.floor) { $0.rounded(.down) },
    function(.ceil) { $0.rounded(.up) }, function(.clip, .bounds(-0.5, 0.75)) { min(max($0, -0.5), 0.75) },
  ]

  private static let activations: [FuzzedOperation] = [
    function(.sigmoid) { 1 / (1 + exp(-$0)) }, function(.relu) { max(0, $0) },
    function(.leakyRelu, .number(0.25)) { $0 > 0 ? $0 : 0.25 * $0 },
    function(.elu, .number(1.5)) { $0 > 0 ? $0 : 1.5 * expm1($0) },
    function(.selu) { z in
      let scale = 1.0507009873554805
      return z > 0 ? scale * z : scale * 1.6732632423543772 * expm1(z)
    },
    function(.gelu) { z in z / 2 * (1 + erf(z / 2.0.squareRoot())) },
    function(.geluTanh) { z in
      let u = (2 / Double.pi).squareRoot() * (z + 0.044715 * z * z * z)
      return z / 2 * (1 + tanh(u))
    },
    function(.silu) { z in z / (1 + exp(-z)) }, function(.softplus) { log(1 + exp($0)) },
    function(.softsign) { z in z / (1 + abs(z)) }, function(.mish) { z in z * tanh(log(1 + exp(z))) },
    function(.hardSigmoid, in: -5...5) { min(max($0 / 6 + 0.5, 0), 1) },
  ]

  private static let others: [FuzzedOperation] = [
    function(.isNaN) { _ in 0 }, function(.isFinite) { _ in 1 }, function(.identity) { $0 },
  ]

  private static func function(
    _ operation: Operation, _ attributes: Attributes = .none, in range: ClosedRange<Double> = -2...2,
    _ definition: @escaping @Sendable (Double) -> Double
  ) -> FuzzedOperation {
    FuzzedOperation(operation) { fuzz in
      let (x, slow) = try fuzz.numbers(fuzz.shape(), in: range)
      fuzz.expect(SlowTensor(slow.shape, slow.values.map(definition)), "\(operation.name) of \(slow)") {
        try x.apply(operation, attributes)
      }
    }
  }

  /// Functions of pairs of entries, with broadcasting.
  static let pairs: [FuzzedOperation] = ofNumbers + comparisons

  private static let ofNumbers: [FuzzedOperation] = [
    pair(.add) { $0 + $1 }, pair(.subtract) { $0 - $1 }, pair(.multiply) { $0 * $1 }, pair(.divide, right: 0.25...2) { $0 / $1 },
    pair(.power, left: 0.25...2) { pow($0, $1) }, pair(.floorDivide, right: 0.25...2) { ($0 / $1).rounded(.down) },
    pair(.remainder, right: 0.25...2) { a, b in a - b * (a / b).rounded(.down) }, pair(.maximum) { max($0, $1) },
    pair(.minimum) { min($0, $1) }, pair(.atan2) { atan2($0, $1) },
  ]

  private static let comparisons: [FuzzedOperation] = [
    pair(.equal) { $0 == $1 ? 1 : 0 }, pair(.notEqual) { $0 != $1 ? 1 : 0 }, pair(.less) { $0 < $1 ? 1 : 0 },
    pair(.lessEqual) { $0 <= $1 ? 1 : 0 }, pair(.greater) { $0 > $1 ? 1 : 0 }, pair(.greaterEqual) { $0 >= $1 ? 1 : 0 },
  ]

  private static func pair(
    _ operation: Operation, left: ClosedRange<Double> = -2...2, right: ClosedRange<Double> = -2...2,
    _ definition: @escaping @Sendable (Double, Double) -> Double
  ) -> FuzzedOperation {
    FuzzedOperation(operation) { fuzz in
      let shape = fuzz.shape()
      // Within the usual range whole numbers do as well.
      let (a, slowA) = left == -2...2 ? try fuzz.anyNumbers(shape) : try fuzz.numbers(shape, in: left)
      let other = fuzz.partner(of: shape)
      let (b, slowB) = right == -2...2 && left == right ? try fuzz.anyNumbers(other) : try fuzz.numbers(other, in: right)
      fuzz.expect(slowA.paired(slowB, definition), "\(operation.name) of \(slowA) and \(slowB)") {
        try a.apply(operation, with: b)
      }
    }
  }

  /// Of truths.
  static let choices: [FuzzedOperation] = [
    FuzzedOperation(.and) { fuzz in
      let (a, slowA) = try fuzz.bools(fuzz.shape())
      let (b, slowB) = try fuzz.bools(fuzz.partner(of: slowA.shape))
      fuzz.expect(slowA.paired(slowB) { min($0, $1) }, "and") { try a.logicalAnd(b) }
    },
    FuzzedOperation(.or) { fuzz in
      let (a, slowA) = try fuzz.bools(fuzz.shape())
      let (b, slowB) = try fuzz.bools(fuzz.partner(of: slowA.shape))
      fuzz.expect(slowA.paired(slowB) { max($0, $1) }, "or") { try a.logicalOr(b) }
    },
    FuzzedOperation(.not) { fuzz in
      let (a, slow) = try fuzz.bools(fuzz.shape())
      fuzz.expect(SlowTensor(slow.shape, slow.values.map { 1 - $0 }), "not") { try a.logicalNot() }
    },
    FuzzedOperation(.where) { fuzz in
      let (condition, slow) = try fuzz.bools(fuzz.shape())
      let (a, slowA) = try fuzz.numbers(fuzz.partner(of: slow.shape))
      let (b, slowB) = try fuzz.numbers(fuzz.partner(of: slow.shape))
      let shape = SlowTensor.common(slowA.shape, slowB.shape).flatMap { SlowTensor.common(slow.shape, $0) }
      let expected = shape.map { SlowTensor($0) { slow.stretched($0) != 0 ? slowA.stretched($0) : slowB.stretched($0) } }
      fuzz.expect(expected, "where \(slow.shape) \(slowA.shape) \(slowB.shape)") { try condition.select(a, else: b) }
    },
  ]
}
