import Checking
import Execution
import Learning
import Tensors

extension Builtin {
  static let networks: [Builtin] = [
    Builtin(
      "network", [.rest("layers", .layers), .named("name", "None", .text), .named("seed", "None", .seed)], .layer,
      "Layers in a row, each fed by the one before: layers, activations, other networks and functions of one tensor. Begin with input(n) to make the weights at once; else sizes are inferred at the first use. seed= draws the weights from a stream of their own.",
      example: "net = network(input(2), dense(3, tanh), dense(1))\nprint(net([[0, 1]]).shape)\n# (1, 1)", shape: KnownNetwork.rule
    ) { call, workspace throws(RuntimeError) in
      let layers = try call.layers(0, in: workspace)
      let name = try call.string(1, default: "")
      let stream = workspace.stream(seed: try call.seed(2))
      return try engine {
        .foreign(NetworkObject(try Network(layers, name: name, stream: stream, dtype: .defaultFloat), in: workspace))
      }
    },
    Builtin(
      "input", [.rest("sizes"), .named("password", "False", .flag)], .layer,
      "With whole numbers the first layer of a network: the shape of one example, without the batch. With a text, or nothing, it asks the person for a line.",
      example: "net = network(input(4), dense(2))\nprint(net.dense1.weight.shape)\n# (4, 2)", shape: KnownLayer.input
    ) { call, workspace throws(RuntimeError) in
      switch call.rest(0).first {
      case nil: return .string(try workspace.ask("", isPassword: try call.truth(1, default: false), on: call.machine))
      case .string(let prompt)?:
        return .string(try workspace.ask(prompt.text, isPassword: try call.truth(1, default: false), on: call.machine))
      default: return .foreign(LayerObject(.input(try call.shape(0)), in: workspace))
      }
    },
    Builtin(
      "copy", [.required("x")], .layer,
      "A network with weights of its own that have the same values; of a list or dictionary a new one with the same items.",
      example:
        "net = network(input(2), dense(1))\nother = copy(net)\nother.dense1.bias = [1.0]\nprint(net.dense1.bias)\n# [0.0000]"
    ) { call, workspace throws(RuntimeError) in
      switch call[0] {
      case .foreign(let object as NetworkObject): .foreign(NetworkObject(object.network.copy(), in: workspace))
      case .list(let list): .list(list.elements)
      case .dict(let dict): try workspace.copied(dict)
      case .foreign(let object as TensorObject): workspace.value(object.tensor)
      default: throw call.wrong(0, wanted: "a network, a tensor, a list or a dictionary")
      }
    },
    frozen("freeze", true, "Leaves a layer or network out of training. In `with freeze(net.dense1):` only within the block."),
    frozen("unfreeze", false, "Lets training change a layer or network again."),
    Builtin(
      "summary", [.required("net", .network)], .layer,
      "Layer by layer: output shape, parameters, multiply-adds of one example; in all, with memory.",
      example: "net = network(input(2), dense(3, tanh), dense(1))\nprint(\"dense2\" in net.summary())\n# True", of: "network"
    ) { call, _ throws(RuntimeError) in .foreign(TableObject(try call.network(0).summary().text)) },
    Builtin(
      "reset", [.required("net", .network), .named("seed", "None", .seed)], .layer, "Draws all weights anew.",
      example: "net = network(input(2), dense(1))\nnet.reset(seed=1)", of: "network"
    ) { call, workspace throws(RuntimeError) in
      let (network, stream) = (try call.network(0), workspace.stream(seed: try call.seed(1)))
      try engine { try network.reset(stream) }
      return .none
    },
  ]

  private static func frozen(_ name: String, _ isFrozen: Bool, _ help: String) -> Builtin {
    Builtin(
      name, [.required("x", .layer)], .layer, help,
      example:
        "net = network(input(2), dense(3, relu), dense(1))\n\(name)(net.dense1)\nprint(len(grad(net([[1, 2]]).sum(), net)))\n# \(isFrozen ? 2 : 4)"
    ) { call, workspace throws(RuntimeError) in
      guard let freezer = workspace.freezer(call[0]) else { throw call.wrong(0) }
      freezer.set(isFrozen)
      return .foreign(FrozenObject(freezer))
    }
  }
}

/// Keeps weights out of training, and puts them back to what they were before.
struct Freezer {
  let set: (Bool) -> Void
  let putBack: () -> Void
}

/// What `with freeze(...)` holds; outside of `with` nothing is left to do.
private final class FrozenObject: ForeignObject, @unchecked Sendable {
  // Unchecked: as all values, it is touched with the floor taken.
  private let freezer: Freezer

  init(_ freezer: Freezer) {
    self.freezer = freezer
  }

  override var typeName: String { "freeze" }

  // The weights were frozen, or not, when it was made.
  override func enter(in machine: Machine) throws(RuntimeError) -> Value? { Value.none }

  override func exit(in machine: Machine) throws(RuntimeError) { freezer.putBack() }
}

extension Workspace {
  fileprivate func copied(_ dict: DictObject) throws(RuntimeError) -> Value {
    let copy = DictObject()
    for (key, value) in dict.pairs { try copy.set(key, to: value) }
    return .dict(copy)
  }

  /// How a value's weights are kept from training; nil for what has none.
  func freezer(_ value: Value) -> Freezer? {
    switch value {
    case .foreign(let object as NetworkObject):
      return Freezer(set: object.network.setFrozen, putBack: object.network.unfreezing)
    case .foreign(let object as LayerObject): return Freezer(set: object.layer.setFrozen, putBack: object.layer.unfreezing)
    case .foreign(let object as TensorObject):
      guard let parameter = object.parameter else { return nil }
      let wasFrozen = parameter.isFrozen
      return Freezer(set: { parameter.isFrozen = $0 }, putBack: { parameter.isFrozen = wasFrozen })
    default: return nil
    }
  }
}
