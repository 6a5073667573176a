import FoundationEssentials
import Tensors
import Testing

@testable import Gradients

/// What PyTorch makes of the same matrices, from Tests/Fixtures/algebra.json.
struct AlgebraFixture: Decodable {
  let matrices: [String: Matrices]
  let cases: [Case]

  struct Matrices: Decodable {
    let shape: [Int]
    let numbers: [Double]
  }

  struct Case: Decodable {
    let operation: String
    let operands: [String]
    let value: [Double]
    let gradients: [[Double]]
    let second: [[Double]]
  }

  static func read() throws -> AlgebraFixture {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try JSONDecoder().decode(AlgebraFixture.self, from: Data(contentsOf: tests.appending(path: "Fixtures/algebra.json")))
  }

  func operands(of item: Case) throws -> [Variable] {
    try item.operands.map { name in
      let matrices = try #require(self.matrices[name])
      return Variable(try Tensor(matrices.numbers, shape: Shape(matrices.shape), dtype: .float64))
    }
  }
}

@Suite struct AlgebraTests {
  /// Results that are fixed up to a sign are squared.
  private func value(_ operation: String, _ x: [Variable]) throws -> Variable {
    switch operation {
    case "det": return try x[0].det()
    case "inv": return try x[0].inv()
    case "solve": return try x[0].solve(x[1])
    case "pinv": return try x[0].pinv()
    case "lstsq": return try x[0].lstsq(x[1]).solution
    case "cholesky": return try x[0].cholesky()
    case "qr":
      let (q, r) = try x[0].qr()
      return try squares([q, r])
    case "svd":
      let (u, s, vh) = try x[0].svd(full: false)
      return try squares([u, s, vh])
    case "eigh":
      let (values, vectors) = try x[0].eigh()
      return try squares([values, vectors])
    case "cov": return try x[0].row(0).cov()
    default: throw TensorError(.badArgument(operation: operation, argument: "name", value: operation, rule: "must be known"))
    }
  }

  private func squares(_ parts: [Variable]) throws -> Variable { try .concat(parts.map { try $0.square().flatten() }, axis: 0) }

  @Test func `values, gradients and second gradients are PyTorch's`() throws {
    let fixture = try AlgebraFixture.read()
    #expect(fixture.cases.count > 10)
    for item in fixture.cases {
      let operands = try fixture.operands(of: item)
      expectClose(try value(item.operation, operands), item.value, item.operation)
      let weighted: Differentiable = { x in
        let result = try value(item.operation, x)
        let weights = (0..<result.shape.count).map { cosine(Double($0)) }
        return try (result * Variable(Tensor(weights, shape: result.shape, dtype: .float64))).sum()
      }
      let first = try gradient(of: weighted, at: operands)
      for (found, expected) in zip(first, item.gradients) { expectClose(found, expected, "gradient of \(item.operation)") }
      let second = try gradient(
        of: { x in
          try gradient(of: weighted, at: x).reduce(Variable(Tensor(0, dtype: .float64))) { try $0 + $1.square().sum() }
        }, at: operands)
      for (found, expected) in zip(second, item.second) { expectClose(found, expected, "second of \(item.operation)") }
    }
  }

  private func cosine(_ x: Double) -> Double { (try? Tensor(x, dtype: .float64).cos().item()) ?? .nan }

  private func expectClose(_ found: Variable, _ expected: [Double], _ name: String) {
    #expect(found.shape.count == expected.count, "\(name)")
    let scale = max(1, expected.map(abs).max() ?? 0)
    let worst = zip(found.value.doubles, expected).map { abs($0 - $1) }.max() ?? 0
    #expect(worst <= 1e-9 * scale, "\(name): off by \(worst)")
  }

  @Test func `singular matrices have a determinant with slopes`() throws {
    let x = Variable(try Tensor([1, 2, 2, 4], shape: [2, 2], dtype: .float64))
    #expect(try x.det().value.item() == 0)
    let slopes = try gradient(of: { try $0[0].det() }, at: [x])[0].value.doubles
    for (found, expected) in zip(slopes, [4.0, -2, -2, 1]) { #expect(abs(found - expected) < 1e-14) }
  }

  @Test func `full factors are orthogonal, and what spans the rest has a derivative`() throws {
    let x = Variable(try Tensor([1, 2, -1, 0.5, 3, 1, 0.25, -2], shape: [4, 2], dtype: .float64))
    let (u, _, vh) = try x.svd(full: true)
    #expect(u.shape == [4, 4])
    for square in [u, vh] {
      let product = try square.matmul(square, transposeA: true).value.doubles
      let units = try Tensor.eye(square.shape[0], dtype: .float64).doubles
      #expect(zip(product, units).allSatisfy { abs($0 - $1) < 1e-14 })
    }
    // The projection on what x does not reach does not depend on how its basis is turned.
    let weights = Variable(try Tensor((0..<16).map { Double($0 * $0 % 7) }, shape: [4, 4], dtype: .float64))
    let rest: Differentiable = { x in
      let basis = try x[0].svd(full: true).u.slice(axis: 1, start: 2, count: 2)
      return try (basis.matmul(basis, transposeB: true) * weights).sum()
    }
    let check = try checkGradients(rest, at: [x.value])
    #expect(check.isOK, "\(String(describing: check.worst))")
  }

  @Test func `matrices that have none of it are told`() throws {
    let singular = Variable(try Tensor([1, 2, 2, 4], shape: [2, 2], dtype: .float64))
    #expect(throws: TensorError(.singular(operation: "inv", place: nil))) { try singular.inv() }
    let stack = try Variable.stack([Variable(Tensor.eye(2, dtype: .float64)), singular], axis: 0)
    #expect(throws: TensorError(.singular(operation: "solve", place: 1))) { try stack.solve(stack) }
    #expect(throws: TensorError(.notPositiveDefinite(minor: 2, place: 1))) { try (stack - stack * 0.5 - 0.1).cholesky() }
    #expect(throws: TensorError(.notFinite(operation: "eigh"))) { try (singular * .infinity).eigh() }
    #expect(throws: TensorError(.wrongRank(operation: "det", shape: [2, 3], expected: "square matrices"))) {
      try Variable(Tensor.zeros([2, 3])).det()
    }
    #expect(throws: TensorError(.wrongRank(operation: "qr", shape: [3], expected: "at least two dimensions"))) {
      try vector([1, 2, 3]).qr()
    }
  }

  @Test func `nothing has an inverse, a determinant of 1 and no eigenvalues`() throws {
    let nothing = Variable(try Tensor.zeros([2, 0, 0]))
    #expect(try nothing.det().value.doubles == [1, 1])
    #expect(try nothing.inv().shape == [2, 0, 0])
    #expect(try nothing.eigh().values.shape == [2, 0])
    #expect(try Variable(Tensor.zeros([0, 2, 3])).qr().r.shape == [0, 2, 3])
    #expect(try Variable(Tensor.zeros([3, 0])).svd(full: true).u.value.doubles == Tensor.eye(3).doubles)
    #expect(try Variable(Tensor.zeros([3, 0])).pinv().shape == [0, 3])
    #expect(try Variable(Tensor.zeros([2, 2])).pinv().value.doubles == [0, 0, 0, 0])
  }

  @Test func `a long decomposition ends when it is asked to`() throws {
    var stream = RandomStream(seed: 1)
    let matrix = try stream.normal([300, 300], dtype: .float64)
    let values = try matrix.svd(full: false).s
    Interruption.question = { false }
    #expect(try matrix.svd(full: false).s.doubles == values.doubles)
    Interruption.question = { true }
    defer { Interruption.question = nil }
    #expect(throws: TensorError(.interrupted)) { try matrix.svd(full: false) }
  }
}
