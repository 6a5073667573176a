import Execution
import Gradients
import Insight
import Learning
import Plotting

/// A network as a value.
final class NetworkObject: ForeignObject, Pictured, @unchecked Sendable {
  // Unchecked: as all values, it is touched with the floor taken.
  let network: Network
  let workspace: Workspace

  init(_ network: Network, in workspace: Workspace) {
    self.network = network
    self.workspace = workspace
  }

  override var typeName: String { "network" }
  override var identity: AnyObject { network }

  override func text() throws(RuntimeError) -> String {
    let count = network.parameters.reduce(0) { $0 + $1.parameter.value.count }
    let names = network.places.map(\.name).joined(separator: " → ")
    return "network(\(names))" + (network.isReady ? ", \(count) parameters" : "")
  }

  override func representations() throws(RuntimeError) -> Representations {
    Representations(text: network.summary().text, svg: picture()?.svg())
  }

  func picture() -> Figure? { drawing(of: network) }

  override var attributeNames: [String] { Self.attributeNames(network.places.map(\.name)) }

  /// All attributes of a network with layers of these names.
  static func attributeNames(_ layers: [String]) -> [String] {
    ["parameters", "layers", "name"] + layers + Builtin.methodNames["network", default: []]
  }

  override func help(forAttribute name: String) -> String? { Self.help(forAttribute: name, network.places.map(\.name)) }

  /// The layers there are, where one of their kind is asked for.
  static func help(forAttribute name: String, _ layers: [String]) -> String? {
    guard let digit = name.firstIndex(where: \.isNumber), layers.contains(where: { $0.hasPrefix(name[..<digit]) }) else {
      return nil
    }
    return "its layers are \(layers.joined(separator: ", "))"
  }

  override func attribute(_ name: String, in machine: Machine) throws(RuntimeError) -> Value? {
    switch name {
    case "parameters": return .dict(parameters)
    case "layers": return .list(network.layers.map(workspace.value))
    case "name": return .string(network.name)
    default: break
    }
    if let layer = network.layer(named: name) { return workspace.value(layer) }
    return workspace.method(name, of: self)
  }

  /// The weights by path; a tensor that is stored there becomes the weight's value.
  private var parameters: DictObject {
    let weights = network.parameters
    let shown = DictObject(weights.map { ($0.path, .foreign(TensorObject($0.parameter, in: workspace))) })
    shown.admit = { [workspace] key, value throws(RuntimeError) in
      let path = try key.text()
      guard let weight = weights.first(where: { $0.path == path }) else {
        throw RuntimeError(engine: LearningError.noParameter(path, known: weights.map(\.path)))
      }
      try workspace.assign(value, to: weight.parameter, path: path)
      return .foreign(TensorObject(weight.parameter, in: workspace))
    }
    return shown
  }

  override func setAttribute(_ name: String, to value: Value, in machine: Machine) throws(RuntimeError) -> Bool {
    // What was written through a layer comes back as that layer.
    guard let layer = network.layer(named: name), case .foreign(let object) = value else { return false }
    if let object = object as? LayerObject { return object.layer === layer }
    if let object = object as? NetworkObject, case .network(let inner, .row) = layer.body { return object.network === inner }
    return false
  }

  override func call(_ arguments: Arguments, in machine: Machine) throws(RuntimeError) -> Value? {
    try workspace.forward(arguments, machine, name: network.name.isEmpty ? "a network" : network.name) {
      [network] x, pass throws(LearningError) in try network(x, pass: pass)
    }
  }
}
