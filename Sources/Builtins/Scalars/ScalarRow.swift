import Execution
import Gradients

/// Recorded single numbers as values of the language: a value is this row and a place in a chunk of the session's tape.
///
/// Holds the chunk as long as there is a value of it.
final class ScalarRow: EntryRow, @unchecked Sendable {
  // Unchecked: as all values, it is touched with the floor taken.
  let tape: ScalarTape
  private let slot: Int
  private let workspace: Workspace

  init(_ slot: Int, in workspace: Workspace) {
    tape = workspace.tape
    self.slot = slot
    self.workspace = workspace
    super.init()
    tape.keep(slot, by: self)
  }

  deinit { tape.letGo(slot) }

  override var typeName: String { "tensor" }

  @inline(__always)
  func id(at place: UInt8) -> ScalarID { ScalarTape.id(slot: slot, place: place) }

  override func object(at place: UInt8) -> ForeignObject { TensorObject(self, id(at: place), in: workspace) }

  override func binary(
    _ operation: Execution.BinaryOperation, _ a: UnsafePointer<Value>, _ b: UnsafePointer<Value>, in machine: Machine
  ) throws(RuntimeError) -> Value? { try workspace.recorded(operation.scalar, a, b, machine) }

  override func unary(
    _ operation: Execution.UnaryOperation, _ a: UnsafePointer<Value>, in machine: Machine
  ) throws(RuntimeError) -> Value? {
    switch operation {
    case .negate: try workspace.recorded(ScalarFunction.negation, a, nil, machine)
    case .plus: a.pointee
    case .invert: nil
    }
  }
}
