import Execution

/// The types of what calls and attributes give, as far as they are nearly always the same: for completion, which may guess,
/// and not for the checker, which must be certain.
public enum ResultTypes {
  /// Of a call of a function of the language.
  public static func function(_ name: String) -> String? {
    guard let builtin = Builtin.named(name) else { return core[name] }
    return builtin.guess
  }

  /// Of a call of a method.
  public static func method(_ name: String, of type: String) -> String? {
    if let builtin = Builtin.method(name, of: type) { return builtin.guess }
    guard MethodTable.methods(ofType: type)[name] != nil else { return nil }
    switch (type, name) {
    case ("str", "split"), ("str", "rsplit"), ("str", "splitlines"), ("dict", "keys"), ("dict", "values"), ("dict", "items"),
      ("list", "copy"):
      return "list"
    case ("str", "partition"), ("str", "rpartition"): return "tuple"
    case ("dict", "copy"): return "dict"
    case (_, "find"), (_, "rfind"), (_, "index"), (_, "rindex"), (_, "count"), ("int", _): return "int"
    case ("str", "startswith"), ("str", "endswith"): return "bool"
    case ("str", _): return name.hasPrefix("is") ? "bool" : "str"
    default: return nil
    }
  }

  /// Of an attribute that is no method.
  public static func attribute(_ name: String, of type: String) -> String? { attributes[type]?[name] }

  private static let attributes = [
    "tensor": [
      "shape": "tuple", "size": "int", "rank": "int", "dtype": "str", "T": "tensor", "grad": "tensor", "name": "str",
    ],
    "dataset": ["x": "tensor", "y": "tensor", "images": "tensor", "classes": "list", "features": "list", "name": "str"],
    "network": ["parameters": "dict", "layers": "list", "name": "str"],
    "layer": ["name": "str", "kind": "str", "weight": "tensor", "bias": "tensor"],
    "figure": ["title": "str"],
    "run": ["best": "network", "metrics": "dict", "training_metrics": "dict", "stopped": "str", "loss": "tensor"],
  ]

  private static let core = [
    "len": "int", "range": "range", "enumerate": "list", "zip": "list", "map": "list", "filter": "list", "sorted": "list",
    "reversed": "list", "repr": "str", "format": "str", "chr": "str", "ord": "int", "int": "int", "float": "float", "str": "str",
    "bool": "bool", "list": "list", "tuple": "tuple", "dict": "dict",
  ]
}

extension Builtin {
  fileprivate var guess: String? {
    if let result = signature.result { return result }
    switch owner {
    case "dataset": return ["shuffle", "take", "sample", "map"].contains(name) ? "dataset" : nil
    case nil: return shape != nil || subject == .elementwise ? "tensor" : nil
    default: return nil
    }
  }
}
