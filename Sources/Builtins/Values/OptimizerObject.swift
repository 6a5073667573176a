import Execution
import Learning

/// An optimiser as a value: its settings, and in loops of one's own what it remembers.
final class OptimizerObject: ForeignObject, @unchecked Sendable {
  // Unchecked: as all values, it is touched with the floor taken.
  let optimizer: Optimizer
  let workspace: Workspace

  init(_ optimizer: Optimizer, in workspace: Workspace) {
    self.optimizer = optimizer
    self.workspace = workspace
  }

  override var typeName: String { "optimizer" }
  override var identity: AnyObject { optimizer }

  override func text() throws(RuntimeError) -> String {
    optimizer.kind.name + "(" + optimizer.settings.all.map { "\($0.name)=\($0.value)" }.joined(separator: ", ") + ")"
  }

  override var attributeNames: [String] { optimizer.settings.all.map(\.name) + Builtin.methodNames[typeName, default: []] }

  override func attribute(_ name: String, in machine: Machine) throws(RuntimeError) -> Value? {
    switch optimizer.settings[name] {
    case .number(let number)?: .float(number)
    case .flag(let flag)?: .bool(flag)
    case .integer(let number)?: .int(number)
    default: workspace.method(name, of: self)
    }
  }
}
