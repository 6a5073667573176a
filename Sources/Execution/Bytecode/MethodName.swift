/// A name after a point in a call, looked up beforehand among the methods of the language's own types.
struct MethodName: Sendable {
  let name: String
  /// Whether the name is that of the method which lists are called by most.
  let isAppend: Bool
  private let list: NativeFunction?
  private let dict: NativeFunction?
  private let string: NativeFunction?

  init(_ name: String) {
    self.name = name
    isAppend = name == "append"
    list = MethodTable.list[name]
    dict = MethodTable.dict[name]
    string = MethodTable.string[name]
  }

  /// The method that the name means for a value of the types that have tables; nil for all others.
  @inline(__always)
  func function(of receiver: Value) -> NativeFunction? {
    switch receiver {
    case .list: list
    case .dict: dict
    case .string: string
    default: nil
    }
  }
}
