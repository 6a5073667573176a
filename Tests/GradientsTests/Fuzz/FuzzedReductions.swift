import Glibc
import Tensors

@testable import Gradients

extension FuzzedOperation {
  typealias Reduce = @Sendable (Variable, [Int]?, Bool) throws -> Variable

  static let reductions: [FuzzedOperation] = [
    reduction(.sum, { try $0.sum(axes: $1, keepdims: $2) }) { $0.reduce(0, +) },
    reduction(.mean, { try $0.mean(axes: $1, keepdims: $2) }) { $0.isEmpty ? nil : $0.reduce(0, +) / Double($0.count) },
    reduction(.max, { try $0.max(axes: $1, keepdims: $2) }) { $0.max() },
    reduction(.min, { try $0.min(axes: $1, keepdims: $2) }) { $0.min() },
    reduction(.norm, { try $0.norm(axes: $1, keepdims: $2) }) { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() },
    reduction(.logsumexp, { try $0.logsumexp(axes: $1, keepdims: $2) }) { line in
      line.isEmpty ? nil : log(line.reduce(0) { $0 + exp($1) })
    },
    reduction(.anyTrue, { try $0.any(axes: $1, keepdims: $2) }) { $0.contains { $0 != 0 } ? 1 : 0 },
    reduction(.allTrue, { try $0.all(axes: $1, keepdims: $2) }) { $0.contains(0) ? 0 : 1 },
    FuzzedOperation(.sumOfSquares) { fuzz in
      let (x, slow) = try fuzz.numbers(fuzz.shape())
      fuzz.expect(SlowTensor([], [slow.values.reduce(0) { $0 + $1 * $1 }]), "squares of \(slow)") { try x.sumOfSquares() }
    },
    extreme(.argmax) { $0.max() }, extreme(.argmin) { $0.min() },
  ]

  private static func reduction(
    _ operation: Operation, _ function: @escaping Reduce, _ definition: @escaping @Sendable ([Double]) -> Double?
  ) -> FuzzedOperation {
    FuzzedOperation(operation) { fuzz in
      let (x, slow) = try fuzz.anyNumbers(fuzz.shape())
      let (axes, keepdims) = (fuzz.axes(of: slow.shape), fuzz.happens(0.3))
      // Where nothing is asked for, nothing has to have a value: an empty stack of empty lines is empty.
      let expected = slow.reduced(axes, keepdims: keepdims, definition)
      let isEmptyResult = expected?.values.isEmpty == true && slow.reduced(axes, keepdims: keepdims) { Double($0.count) } != nil
      if isEmptyResult, definition([]) == nil { return }
      fuzz.expect(expected, "\(operation.name) of \(slow) along \(axes ?? []), keepdims \(keepdims)") {
        try function(x, axes, keepdims)
      }
    }
  }

  private static func extreme(
    _ operation: Operation, _ best: @escaping @Sendable ([Double]) -> Double?
  ) -> FuzzedOperation {
    FuzzedOperation(operation) { fuzz in
      let (x, slow) = try fuzz.anyNumbers(fuzz.shape(0...3, 1...3))
      let (axis, keepdims) = (fuzz.happens(0.3) ? nil : fuzz.axis(of: slow.shape), fuzz.happens(0.3))
      let expected = slow.reduced(axis.map { [$0] }, keepdims: keepdims) { line in
        best(line).flatMap { line.firstIndex(of: $0) }.map(Double.init)
      }
      fuzz.expect(expected, "\(operation.name) of \(slow) along \(axis ?? 99)") {
        try operation == .argmax ? x.argmax(axis: axis, keepdims: keepdims) : x.argmin(axis: axis, keepdims: keepdims)
      }
    }
  }

  static let lines: [FuzzedOperation] = [
    line(.softmax, { try $0.softmax(axis: $1) }) { line in
      line.map { entry in exp(entry) / line.reduce(0) { $0 + exp($1) } }
    },
    line(.logSoftmax, { try $0.logSoftmax(axis: $1) }) { line in
      line.map { entry in entry - log(line.reduce(0) { $0 + exp($1) }) }
    },
    line(.cumsum, { try $0.cumsum(axis: $1) }) { line in line.indices.map { line[...$0].reduce(0, +) } },
    line(.argsort, { try $0.argsort(axis: $1) }) { line in
      line.indices.sorted { (line[$0], $0) < (line[$1], $1) }.map(Double.init)
    },
  ]

  private static func line(
    _ operation: Operation, _ function: @escaping @Sendable (Variable, Int) throws -> Variable,
    _ definition: @escaping @Sendable ([Double]) -> [Double]
  ) -> FuzzedOperation {
    FuzzedOperation(operation) { fuzz in
      let (x, slow) = try fuzz.anyNumbers(fuzz.shape())
      let axis = fuzz.axis(of: slow.shape)
      fuzz.expect(slow.along(axis, definition), "\(operation.name) of \(slow) along \(axis)") { try function(x, axis) }
    }
  }
}
