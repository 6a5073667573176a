import Checking

/// The methods of the language's own types. The first parameter of each is the value itself.
public enum MethodTable {
  /// The methods that a value has, by name.
  static func methods(of value: Value) -> [String: NativeFunction] {
    switch value {
    case .string: string
    case .list: list
    case .dict: dict
    case .tuple, .range: sequence
    case .int: int
    case .float: float
    default: [:]
    }
  }

  /// The methods of all values of a type, by name.
  public static func methods(ofType name: String) -> [String: NativeFunction] {
    switch name {
    case "str": string
    case "list": list
    case "dict": dict
    case "tuple", "range": sequence
    case "int": int
    case "float": float
    default: [:]
    }
  }

  static let string = table(stringSearch + stringSplitting + stringShaping + stringTests + stringCases)
  static let list = table(listMethods + sequenceMethods)
  static let dict = table(dictMethods)
  static let sequence = table(sequenceMethods)
  static let int = table(intMethods)
  static let float = table(floatMethods)

  private static func table(_ functions: [NativeFunction]) -> [String: NativeFunction] {
    Dictionary(uniqueKeysWithValues: functions.map { ($0.name, $0) })
  }
}

/// A method with its parameters after the value itself, written as in a `def`.
func method(_ name: String, _ parameters: StaticString = "", _ body: @escaping NativeFunction.Body) -> NativeFunction {
  let rest = parameters.description
  return NativeFunction(name, Signature(declaring: "self" + (rest.isEmpty ? "" : ", " + rest)), body)
}
