import Checking

/// The builtins that need no engine: Python's small functions, the types and the kinds of errors.
public enum CoreFunctions {
  public static let functions: [NativeFunction] =
    sequenceFunctions + reductionFunctions + numberFunctions + textFunctions + [
      function("isinstance", "value, types") { call throws(RuntimeError) in .bool(try isInstance(call[0], of: call[1])) }
    ]

  public static let types: [TypeObject] =
    conversions.map { TypeObject(name: $0.name, constructor: $0) }
    + ErrorKind.allCases.map { TypeObject(name: $0.rawValue, errorKind: $0) }

  /// All of them by name, ready for a namespace.
  public static let table: [String: Value] = {
    var table: [String: Value] = [:]
    for function in functions { table[function.name] = .native(function) }
    for type in types { table[type.name] = .type(type) }
    return table
  }()

  /// The type that a value has, the same object for the same type.
  static func type(of value: Value) -> TypeObject {
    if case .exception(let exception) = value, case .type(let type)? = table[exception.kind.rawValue] { return type }
    if case .type(let type)? = table[value.typeName] { return type }
    return TypeObject(name: value.typeName)
  }

  private static func isInstance(_ value: Value, of types: Value) throws(RuntimeError) -> Bool {
    switch types {
    case .type(let type):
      if let kind = type.errorKind, case .exception(let exception) = value { return exception.kind.isKind(of: kind) }
      return value.typeName == type.name || type.name == "int" && value.isTruth
    case .native(let function): return value.typeName == function.name
    case .tuple(let types):
      for type in types.elements where try isInstance(value, of: type) { return true }
      return false
    default:
      throw RuntimeError(
        .typeError, "isinstance asks for a type or a tuple of types, not \(types.typeName.withArticle)",
        help: "isinstance(x, (int, float))")
    }
  }
}

/// A function with its parameters written as in a `def`.
func function(_ name: String, _ parameters: StaticString, _ body: @escaping NativeFunction.Body) -> NativeFunction {
  NativeFunction(name, Signature(declaring: parameters.description), body)
}

func function(
  _ name: String, _ parameters: StaticString, onPositions: @escaping NativeFunction.OnPositions,
  _ body: @escaping NativeFunction.Body
) -> NativeFunction {
  NativeFunction(name, Signature(declaring: parameters.description), onPositions: onPositions, body)
}
