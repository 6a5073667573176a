/// Anything that a bp program can hold in a name.
///
/// Numbers and truth values sit in the value itself; everything else is a reference to an object, so a value is copied in a
/// few instructions. Lists, dictionaries and the engines' objects are shared, as in Python.
public enum Value: Sendable {
  /// An empty slot: a name that is not bound, an argument that was not given. Programs never see it.
  case unbound
  case none
  case ellipsis
  case bool(Bool)
  case int(Int)
  case float(Double)
  case string(StringObject)
  case list(ListObject)
  case tuple(TupleObject)
  case dict(DictObject)
  case range(RangeObject)
  case slice(SliceObject)
  case function(FunctionObject)
  case native(NativeFunction)
  case method(MethodObject)
  case type(TypeObject)
  case module(ModuleObject)
  case exception(ExceptionObject)
  case foreign(ForeignObject)
  /// A value of an engine without an object of its own: a row and a place in it. The place has a byte, so that a value stays as
  /// quick to copy as without it.
  case entry(EntryRow, UInt8)
  /// A loop's place in what it goes over. Programs never see it.
  case iterator(IteratorObject)
  /// A variable shared by functions. Programs never see it.
  case cell(Cell)
}

extension Value {
  public static func string(_ text: String) -> Value { .string(StringObject(text)) }
  public static func list(_ elements: [Value]) -> Value { .list(ListObject(elements)) }
  public static func tuple(_ elements: [Value]) -> Value { .tuple(TupleObject(elements)) }

  public var isUnbound: Bool {
    if case .unbound = self { true } else { false }
  }

  /// Whether all of the value sits in itself, so that it can be overwritten without a release.
  @inline(__always)
  var isPlain: Bool {
    switch self {
    case .unbound, .none, .ellipsis, .bool, .int, .float: true
    default: false
    }
  }

  public var isNone: Bool {
    if case .none = self { true } else { false }
  }

  /// The type's name as `type(x)` prints it.
  public var typeName: String {
    switch self {
    case .unbound: "unbound"
    case .none: "NoneType"
    case .ellipsis: "ellipsis"
    case .bool: "bool"
    case .int: "int"
    case .float: "float"
    case .string: "str"
    case .list: "list"
    case .tuple: "tuple"
    case .dict: "dict"
    case .range: "range"
    case .slice: "slice"
    case .function, .native, .method: "function"
    case .type: "type"
    case .module: "module"
    case .exception(let exception): exception.kind.rawValue
    case .foreign(let object): object.typeName
    case .entry(let row, _): row.typeName
    case .iterator: "iterator"
    case .cell: "cell"
    }
  }

  /// The reference that gives an object its identity, that of an entry's row for all of its entries; nil for what sits in the
  /// value itself.
  public var object: AnyObject? {
    switch self {
    case .unbound, .none, .ellipsis, .bool, .int, .float: nil
    case .string(let object): object
    case .list(let object): object
    case .tuple(let object): object
    case .dict(let object): object
    case .range(let object): object
    case .slice(let object): object
    case .function(let object): object
    case .native(let object): object
    case .method(let object): object
    case .type(let object): object
    case .module(let object): object
    case .exception(let object): object
    case .foreign(let object): object.identity
    case .entry(let row, _): row
    case .iterator(let object): object
    case .cell(let object): object
    }
  }

  /// What `is` asks: the same object, or the same number or text.
  public func isIdentical(to other: Value) -> Bool {
    switch (self, other) {
    case (.none, .none), (.ellipsis, .ellipsis), (.unbound, .unbound): true
    case (.bool(let a), .bool(let b)): a == b
    case (.int(let a), .int(let b)): a == b
    case (.float(let a), .float(let b)): a.bitPattern == b.bitPattern
    case (.string(let a), .string(let b)): a == b
    case (.type(let a), .type(let b)): a.name == b.name
    case (.entry(let a, let placeA), .entry(let b, let placeB)): a === b && placeA == placeB
    default:
      if let a = object, let b = other.object { a === b } else { false }
    }
  }
}
