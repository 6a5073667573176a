import Checking
import Execution
import Learning

extension Workspace {
  /// What the checker and the machine are told of other languages and libraries.
  public var advice: Advice {
    var advice = Advice()
    advice.names = ForeignLibraries.names
    advice.methods = methodsByName
    advice.libraries = ForeignLibraries.table
    advice.modules = ForeignLibraries.modules
    advice.attributes = ForeignAttributes.table
    advice.absent = ForeignAttributes.absent
    advice.unpacking = ForeignAttributes.unpacking
    advice.attributeNames = Self.attributeNames
    return advice
  }

  /// What can follow the dot of every value of a type.
  public static let attributeNames: [String: [String]] = {
    var names = [
      "run": RunObject.names, "dataset": DatasetObject.names + Builtin.methodNames["dataset", default: []],
      "tensor": TensorAttribute.allCases.map(\.rawValue) + Builtin.methodNames["tensor", default: []], "figure": ["title"],
    ]
    for value in [Value.list([]), .string(""), .dict(DictObject()), .tuple([]), .int(0), .float(0)] {
      names[value.typeName] = value.attributeNames
    }
    return names
  }()

  /// Methods that are no functions: of what they are.
  private var methodsByName: [String: String] {
    var names: [String: String] = [:]
    let receivers = ["network": "net", "dataset": "data", "optimizer": "optimizer", "tensor": "x"]
    for builtin in Builtin.all {
      guard let owner = builtin.owner, let receiver = receivers[owner] else { continue }
      names[builtin.name] = "it is a method: \(receiver).\(builtin.name)(…)"
    }
    for (value, receiver) in [(Value.list([]), "xs"), (.string(""), "text"), (.dict(DictObject()), "d")] {
      for name in value.attributeNames where names[name] == nil { names[name] = "it is a method: \(receiver).\(name)(…)" }
    }
    return names
  }
}

extension Builtin {
  /// The names of the builtins that are methods, by the type that has them.
  static let methodNames: [String: [String]] = {
    var names: [String: [String]] = [:]
    for builtin in all {
      let owner = builtin.owner ?? (builtin.isTensorMethod ? "tensor" : nil)
      if let owner { names[owner, default: []].append(builtin.name) }
    }
    return names
  }()

  /// The type of what a builtin gives, where it is always the same.
  static func result(_ name: String, _ subject: Subject, isMethod: Bool) -> String? {
    guard !isMethod else { return nil }
    switch subject {
    case .layer: return name == "network" ? name : ["dense", "dropout", "activation"].contains(name) ? "layer" : nil
    case .loss: return LossKind.named(name) == nil ? "float" : "tensor"
    case .optimiser: return name == "clip_norm" ? nil : "optimizer"
    case .training: return ["train", "last_run"].contains(name) ? "run" : name == "predict" ? "tensor" : nil
    case .data: return name == "standardize" ? nil : "dataset"
    case .making: return ["seed", "choice", "precision", "meshgrid"].contains(name) ? nil : "tensor"
    case .figure: return name == "show" ? nil : "figure"
    case .insight: return ["explain", "worked_example", "profile"].contains(name) ? nil : "figure"
    default: return ["parameter", "read_npy"].contains(name) ? "tensor" : nil
    }
  }
}
