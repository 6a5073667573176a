import Tensors
import Testing

@testable import Gradients

/// A function made of operations.
struct Formula: CustomTestStringConvertible, Sendable {
  let name: String
  let operands: [Example.Operand]
  let function: @Sendable ([Variable]) throws -> Variable

  var testDescription: String { name }

  init(
    _ name: String, _ operands: [Example.Operand], _ function: @escaping @Sendable ([Variable]) throws -> Variable
  ) {
    self.name = name
    self.operands = operands
    self.function = function
  }

  static let all: [Formula] = reductions + orders + shapes + products + algebra + indexing

  private static let reductions = [
    Formula("var", [.anywhere([3, 4])]) { try $0[0].var(axes: [1], correction: 1) },
    Formula("std", [.anywhere([3, 4])]) { try $0[0].std(keepdims: true) },
    Formula("prod", [.anywhere([3, 5])]) { try $0[0].prod(axes: [1]) },
    Formula("prod of all", [.anywhere([2, 3])]) { try $0[0].prod() },
    Formula("cumprod", [.anywhere([5, 2])]) { try $0[0].cumprod(axis: 0) },
    Formula("diff", [.anywhere([2, 4])]) { try $0[0].diff(2) },
    Formula("norm of order 1", [.apart([2, 4])]) { try $0[0].norm(axes: [1], order: 1) },
    Formula("norm of order 3", [.apart([2, 4])]) { try $0[0].norm(axes: [1], order: 3) },
    Formula("largest size", [.between(0.5, 2, [2, 4])]) { try $0[0].norm(axes: [1], order: .infinity) },
  ]

  private static let orders = [
    Formula("sort", [.apart([2, 4])]) { try $0[0].sort(descending: true) },
    Formula("topk", [.apart([2, 4])]) { try $0[0].topk(2).values },
    Formula("the least", [.apart([4, 2])]) { try $0[0].topk(2, axis: 0, largest: false).values },
    Formula("median", [.apart([2, 4])]) { try $0[0].median(axes: [-1]) },
    Formula("median of all", [.apart([3, 3])]) { try $0[0].median() },
    Formula("quantile", [.apart([2, 3, 2])]) { try $0[0].quantile(0.3, axes: [0, 2], keepdims: true) },
    Formula("sums at places", [.anywhere([4])]) { try $0[0].sums(at: Tensor([0, 2, 0, 1]), count: 4) },
  ]

  private static let shapes = [
    Formula("stack", [.anywhere([2, 3]), .anywhere([2, 3])]) { try .stack($0, axis: -1) },
    Formula("split", [.anywhere([2, 6])]) { try $0[0].split(3, axis: 1)[1] },
    Formula("split at places", [.anywhere([6, 2])]) { try $0[0].split(at: [1, -2])[1] },
    Formula("flip", [.anywhere([2, 3])]) { try $0[0].flip() },
    Formula("roll", [.anywhere([2, 3])]) { try $0[0].roll(-1, axis: 1) },
    Formula("roll of all", [.anywhere([2, 3])]) { try $0[0].roll(4) },
    Formula("tile", [.anywhere([2, 3])]) { try $0[0].tile([2, 1, 2]) },
    Formula("repeat", [.anywhere([2, 3])]) { try $0[0].repeat(2, axis: 0) },
    Formula("repeat by numbers", [.anywhere([2, 3])]) { try $0[0].repeat([2, 0, 1], axis: 1) },
    Formula("pad", [.anywhere([2, 3])]) { try $0[0].pad([(1, 0), (0, 2)], value: 3) },
    Formula("pad by reflection", [.anywhere([2, 3])]) { try $0[0].pad([(1, 0), (3, 2)], with: .reflect) },
    Formula("meshgrid", [.anywhere([2]), .anywhere([3])]) { try .concat(Variable.meshgrid($0, swapsFirstTwo: true), axis: 0) },
    Formula("squeeze", [.anywhere([2, 1, 3])]) { try $0[0].squeeze().unsqueeze(-1) },
    Formula("tril", [.anywhere([3, 3])]) { try $0[0].tril(-1) },
    Formula("triu", [.anywhere([2, 3, 3])]) { try $0[0].triu(1) },
    Formula("diag of a matrix", [.anywhere([3, 4])]) { try $0[0].diag(1) },
    Formula("diag of a vector", [.anywhere([3])]) { try $0[0].diag(-1) },
    Formula("trace", [.anywhere([3, 3])]) { try $0[0].trace() },
    Formula("trace of a stack", [.anywhere([3, 2, 2])]) { try $0[0].trace(-1) },
  ]

  private static let products = [
    Formula("dot", [.anywhere([3]), .anywhere([3])]) { try $0[0].dot($0[1]) },
    Formula("matrix by vector", [.anywhere([2, 3]), .anywhere([3])]) { try $0[0].matmul($0[1]) },
    Formula("vector by matrices", [.anywhere([3]), .anywhere([2, 3, 2])]) { try $0[0].matmul($0[1]) },
    Formula("outer", [.anywhere([2]), .anywhere([3])]) { try $0[0].outer($0[1]) },
    Formula("einsum trace", [.anywhere([3, 3])]) { try .einsum("ii", $0) },
    Formula("einsum diagonal", [.anywhere([3, 2, 3])]) { try .einsum("iji->ji", $0) },
    Formula("einsum with a lonely letter", [.anywhere([2, 3]), .anywhere([3, 2])]) { try .einsum("ij,jk->k", $0) },
    Formula("einsum with dots", [.anywhere([2, 1, 3]), .anywhere([2, 3])]) { try .einsum("...j,...j", $0) },
  ]

  private static let algebra = [
    Formula("solve for a vector", [.heavy([2, 2, 2]), .anywhere([2])]) { try $0[0].solve($0[1]) },
    Formula("solve with broadcasting", [.heavy([3, 3]), .anywhere([2, 3, 1])]) { try $0[0].solve($0[1]) },
    Formula("lstsq", [.heavy([3, 2]), .anywhere([3])]) { try $0[0].lstsq($0[1]).solution },
    Formula("what lstsq leaves", [.heavy([3, 2]), .anywhere([3, 2])]) { try $0[0].lstsq($0[1]).residuals },
    Formula("singular values", [.heavy([2, 3])]) { try $0[0].svd(full: true).s },
    Formula("eigenvectors", [.heavy([3, 3])]) { try $0[0].eigh().vectors },
    Formula("qr", [.heavy([3, 2])]) { try $0[0].qr().r.triu() },
    Formula("cov", [.anywhere([2, 4])]) { try $0[0].cov() },
  ]

  private static let indexing = [
    Formula("index by lists", [.anywhere([3, 2])]) { try $0[0].subscripted([.gather(Tensor([2, 0, 2])), .at(1)]) },
    Formula("index by a mask", [.anywhere([4])]) { try $0[0].subscripted([.mask(Tensor([true, false, true, true]))]) },
    Formula("assigning to a slice", [.anywhere([3, 2]), .anywhere([1, 2])]) {
      try $0[0].setting([.slice(start: 1, stop: nil, step: 1)], to: $0[1])
    },
    Formula("assigning to a place twice", [.anywhere([3]), .anywhere([3])]) {
      try $0[0].setting([.gather(Tensor([2, 0, 2]))], to: $0[1])
    },
  ]
}

@Suite struct FormulaTests {
  @Test(arguments: Formula.all)
  func `values are the same recorded or not`(_ formula: Formula) throws {
    let operands = try formula.made()
    let plain = try formula.function(operands.map { Variable($0) }).value
    let recorded = try formula.function(operands.map { Variable.argument($0) }).value
    #expect(plain.shape == recorded.shape)
    #expect(plain.bytes == recorded.bytes)
  }

  @Test(arguments: Formula.all)
  func `first and second gradients agree with central differences`(_ formula: Formula) throws {
    let operands = try formula.made()
    let first = try checkGradients({ try formula.function($0).square().sum() }, at: operands)
    #expect(first.isOK, "\(String(describing: first.worst))")
    let second = try checkGradients(
      { arguments in
        let found = try gradient(of: { try formula.function($0).square().sum() }, at: arguments)
        return try found.dropFirst().reduce(try found[0].power(3).sum()) { try $0 + $1.power(3).sum() }
      }, at: operands)
    #expect(second.isOK, "\(String(describing: second.worst))")
  }

  @Test func `products and their second gradients are exact where factors are 0`() throws {
    let x = try vector([0, 2, 3])
    let found = try hessian(of: { try $0.prod() }, at: x)
    #expect(found.value.doubles == [0, 3, 2, 3, 0, 0, 2, 0, 0])
    #expect(try gradient(of: { try $0[0].cumprod(axis: 0).sum() }, at: [x])[0].value.doubles == [9, 0, 0])
  }

  @Test func `the norm of nothing but zeros has slope 0`() throws {
    #expect(try gradient(of: { try $0[0].norm() }, at: [try vector([0, 0])])[0].value.doubles == [0, 0])
  }
}

extension Formula {
  func made() throws -> [Tensor] {
    var source = OperandSource(seed: UInt64(name.utf8.count))
    return try operands.map { try source.tensor($0) }
  }
}
