import Tensors
import Testing

@testable import Gradients

/// Random operands, axes and indices, and what an operation makes of them beside what it should.
struct Fuzz {
  var random: OperandSource

  mutating func whole(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
  mutating func happens(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &random) < share }

  mutating func shape(_ ranks: ClosedRange<Int> = 0...4, _ sizes: ClosedRange<Int> = 0...3) -> [Int] {
    (0..<whole(ranks)).map { _ in whole(sizes) }
  }

  /// A shape that meets another, most of the time.
  mutating func partner(of shape: [Int]) -> [Int] {
    if happens(0.1) { return self.shape() }
    return shape.dropFirst(whole(0...shape.count)).map { happens(0.25) ? 1 : $0 }
  }

  /// Numbers that both floats hold exactly.
  mutating func numbers(_ shape: [Int], in range: ClosedRange<Double> = -2...2) throws -> (Variable, SlowTensor) {
    let slow = SlowTensor(shape) { _ in (Double.random(in: range, using: &random) * 64).rounded() / 64 }
    return (try variable(slow, happens(0.5) ? .float32 : .float64), slow)
  }

  /// Numbers of any type that holds numbers; the whole ones are small.
  mutating func anyNumbers(_ shape: [Int]) throws -> (Variable, SlowTensor) {
    happens(0.3) ? try wholes(shape, in: -4...4) : try numbers(shape)
  }

  mutating func wholes(_ shape: [Int], in range: ClosedRange<Int>) throws -> (Variable, SlowTensor) {
    let slow = SlowTensor(shape) { _ in Double(whole(range)) }
    return (try variable(slow, .int64), slow)
  }

  mutating func bools(_ shape: [Int]) throws -> (Variable, SlowTensor) {
    let slow = SlowTensor(shape) { _ in happens(0.5) ? 1 : 0 }
    return (try variable(slow, .bool), slow)
  }

  private func variable(_ slow: SlowTensor, _ dtype: DType) throws -> Variable {
    Variable(try Tensor(slow.values, shape: Shape(slow.shape), dtype: dtype))
  }

  /// An axis, now and then one that is not there.
  mutating func axis(of shape: [Int]) -> Int {
    happens(0.1) || shape.isEmpty ? whole(-5...4) : whole(-shape.count...shape.count - 1)
  }

  mutating func axes(of shape: [Int]) -> [Int]? {
    if happens(0.2) { return nil }
    if happens(0.1) { return (0..<whole(0...3)).map { _ in axis(of: shape) } }
    return shape.indices.filter { _ in happens(0.5) }.map { happens(0.5) ? $0 : $0 - shape.count }.shuffled(using: &random)
  }

  /// Whether the operation gives what is expected; nil expects an error with words.
  func expect(
    _ expected: SlowTensor?, _ comment: @autoclosure () -> String, tolerance: Double? = nil, _ found: () throws -> Variable
  ) {
    let result: Variable
    do {
      result = try found()
    } catch let error as TensorError {
      #expect(expected == nil, "\(comment()): \(error.message)")
      #expect(!error.message.isEmpty && error.help != nil)
      return
    } catch {
      Issue.record("\(comment()): \(error)")
      return
    }
    guard let expected else {
      Issue.record("\(comment()) should be an error, but gives \(result.value)")
      return
    }
    #expect(result.shape.dimensions == expected.shape, "\(comment())")
    guard result.shape.count == expected.values.count else { return }
    let tolerance = tolerance ?? (result.dtype == .float32 ? 2e-5 : 1e-11)
    for (y, e) in zip(result.value.doubles, expected.values) {
      let isRight = abs(y - e) <= tolerance * max(1, abs(e)) || y == e || y.isNaN && e.isNaN
      #expect(isRight, "\(comment()): \(result.value.doubles), not \(expected.values)")
      if !isRight { return }
    }
  }
}
