import Tensors

@testable import Gradients

/// Numbers of a tape as a program holds them: each keeps its chunk.
final class TapeHolder {
  let tape = ScalarTape()

  /// A number, or what has become a constant on the way.
  struct Number {
    let id: ScalarID
    let keeper: Keeper
  }

  final class Keeper {
    private let tape: ScalarTape
    private let slot: Int

    init(_ tape: ScalarTape, _ slot: Int) {
      self.tape = tape
      self.slot = slot
      tape.keep(slot, by: self)
    }

    deinit { tape.letGo(slot) }
  }

  func held(_ id: ScalarID) -> Number {
    let slot = ScalarTape.slot(of: id)
    if let keeper = tape.keeper(of: slot)?.takeUnretainedValue() as? Keeper { return Number(id: id, keeper: keeper) }
    return Number(id: id, keeper: Keeper(tape, slot))
  }

  func value(_ number: Number) -> Double { tape.value(of: number.id) }

  /// The result of an operation on numbers and starts of differentiation; none where it is nothing for the tape.
  func apply(_ operation: Operation, _ attributes: Attributes = .none, _ operands: Operand...) throws -> Number? {
    try apply(operation, attributes, operands)
  }

  func apply(_ operation: Operation, _ attributes: Attributes, _ operands: [Operand]) throws -> Number? {
    try tape.prepare()
    var places: [ScalarOperand] = []
    for operand in operands {
      switch operand {
      case .variable(let variable):
        guard let place = try tape.operand(variable) else { return nil }
        places.append(place)
      case .number(let number): places.append(tape.operand(number.id))
      case .constant(let value): places.append(.number(value))
      case .whole(let value):
        guard let place = ScalarOperand.whole(value) else { return nil }
        places.append(place)
      }
    }
    let id: ScalarID?
    if attributes == .none, let scalar = ScalarOperation(operation) {
      id = try tape.apply(scalar, places[0], places.count > 1 ? places[1] : nil, site: 7)
    } else {
      id = try tape.apply(operation, places[0], attributes, site: 7)
    }
    return id.map(held)
  }

  enum Operand {
    case variable(Variable)
    case number(Number)
    case constant(Double)
    case whole(Int)
  }

  /// The gradients in starts of differentiation, each a number or a constant; none where there is none.
  func gradients(of root: Number, in variables: [Variable]) throws -> [Gradient?] {
    try tape.prepare()
    let targets = variables.map { tape.leafID(of: $0) }
    guard let found = try tape.gradients(of: root.id, in: targets) else { throw Impossible() }
    return found.map { found in
      found.map { Gradient(value: $0.value, number: $0.isTracked && !tape.isLeaf($0.id) ? held($0.id) : nil) }
    }
  }

  struct Gradient {
    let value: Double
    let number: Number?
  }

  struct Impossible: Error {}
}
