import Execution
import Gradients
import Learning

/// A layer as a value, in a network or before it is put into one.
final class LayerObject: ForeignObject, @unchecked Sendable {
  // Unchecked: as all values, it is touched with the floor taken.
  let layer: Layer
  let workspace: Workspace

  init(_ layer: Layer, in workspace: Workspace) {
    self.layer = layer
    self.workspace = workspace
  }

  override var typeName: String { "layer" }
  override var identity: AnyObject { layer }

  private var kindName: String {
    switch layer.body {
    case .input: "input"
    case .kind(let kind, _): kind.name
    case .network(_, let joining): joining.name
    case .function(let function): function.name
    }
  }

  override func text() throws(RuntimeError) -> String { layer.description }

  override var attributeNames: [String] { Self.attributeNames(layer.parameters.map(\.name) + inner.map(\.name)) }

  /// All attributes of a layer with these weights and layers within.
  static func attributeNames(_ parts: [String]) -> [String] { parts + ["name", "kind"] }

  /// The weights and the layers within, by name.
  var parts: [(String, Value)] {
    layer.parameters.map { ($0.name, .foreign(TensorObject($0.parameter, in: workspace))) }
      + inner.map { ($0.name, workspace.value($0.layer)) }
  }

  /// The layers within.
  private var inner: [Network.Place] {
    if case .network(let network, _) = layer.body { network.places } else { [] }
  }

  override func attribute(_ name: String, in machine: Machine) throws(RuntimeError) -> Value? {
    if let found = parameter(name) { return .foreign(TensorObject(found, in: workspace)) }
    if let found = inner.first(where: { $0.name == name }) { return workspace.value(found.layer) }
    switch name {
    case "name": return .string(layer.name ?? kindName)
    case "kind": return .string(kindName)
    case _ where !layer.isReady && LayerKind.parameterNames.contains(name):
      throw RuntimeError(
        .valueError, "\(layer.path ?? kindName) has no weights yet: its input size is not known",
        help: "begin the network with input(…), or call it once")
    default: return nil
    }
  }

  override func setAttribute(_ name: String, to value: Value, in machine: Machine) throws(RuntimeError) -> Bool {
    // What was written through a layer within comes back as that layer.
    if let found = inner.first(where: { $0.name == name }), case .foreign(let object as LayerObject) = value {
      return object.layer === found.layer
    }
    guard let parameter = parameter(name) else { return false }
    try workspace.assign(value, to: parameter, path: "\(layer.path ?? kindName).\(name)")
    return true
  }

  private func parameter(_ name: String) -> Parameter? { layer.parameters.first { $0.name == name }?.parameter }

  override func call(_ arguments: Arguments, in machine: Machine) throws(RuntimeError) -> Value? {
    layer.settle(from: workspace.stream(seed: nil), dtype: .defaultFloat)
    return try workspace.forward(arguments, machine, name: kindName) { [layer] x, pass throws(LearningError) in
      try layer(x, pass: pass)
    }
  }
}

extension Workspace {
  /// The layer, or for a network within, that network.
  func value(_ layer: Layer) -> Value {
    if case .network(let inner, .row) = layer.body { return .foreign(NetworkObject(inner, in: self)) }
    return .foreign(LayerObject(layer, in: self))
  }

  /// `net(x)` and `net(x, training=True)`.
  func forward(
    _ arguments: Arguments, _ machine: Machine, name: String, _ body: (Variable, Pass) throws(LearningError) -> Variable
  ) throws(RuntimeError) -> Value {
    guard arguments.positional.count == 1 else {
      throw RuntimeError(
        .typeError, "\(name) takes one tensor, but gets \(arguments.positional.count)",
        help: "one call has one input: net(x), net(x, training=True)", span: machine.span(ofArgument: 1))
    }
    var isTraining = false
    for (keyword, value) in arguments.keywords {
      guard keyword == "training" else {
        throw RuntimeError(.typeError, "\(name) has no argument \(keyword)", help: "a call takes x and training=True")
      }
      isTraining = try machine.truth(of: value)
    }
    let x: Variable
    do throws(RuntimeError) {
      x = try variable(arguments.positional[0])
    } catch {
      throw error.located(at: machine.span(ofArgument: 0))
    }
    try mark(machine)
    var pass = Pass()
    if isTraining {
      let chance = try engine {
        try drawn(seed: nil) { stream in try Pass.chance(seed: stream.integer(below: .max), step: 0) }
      }
      pass = Pass(drawingFrom: chance)
    }
    return try engine {
      let y = try body(x, pass)
      pass.applyUpdates()
      return value(y)
    }
  }
}
