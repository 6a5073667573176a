extension Builtin {
  /// Every function and method of the language that the engines stand behind.
  public static let all: [Builtin] =
    making + chance + elementwise + reductions + tensorMethods + shaping + ordering + algebra + differentiation + transforms
    + networks + layers + initialisers + losses
    + metrics + optimisers + training + insight + figures + data + files + talking + controls

  /// The function of a name; methods are left out.
  public static func named(_ name: String) -> Builtin? { table[name] }

  /// The method that values of a type have under a name.
  public static func method(_ name: String, of type: String) -> Builtin? {
    all.first { $0.name == name && ($0.owner == type || type == "tensor" && $0.isTensorMethod) }
  }

  private static let table = Dictionary(
    all.filter { $0.owner == nil }.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}
