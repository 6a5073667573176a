import Checking
import Diagnostics
import Synchronization

/// A function's variable that outlives its frame or is shared with an inner function.
public final class Cell: @unchecked Sendable {
  // Unchecked: cells are touched with the floor taken.
  @exclusivity(unchecked) var value: Value

  init(_ value: Value) {
    self.value = value
  }
}

/// A function written in bp: its code with what it has captured.
public final class FunctionObject: @unchecked Sendable {
  // Unchecked: values are touched with the floor taken; what is captured is given up only while the object dies.
  let code: Code
  let globals: Globals
  // What every call reads, kept at hand: the code's parts would be two steps away.
  let entry: UnsafeMutablePointer<Instruction>
  let constants: UnsafeMutablePointer<Value>
  let firstSite: Int
  let globalSlots: UnsafeMutablePointer<Value>
  let registerCount: Int
  /// The number of positional arguments with which a call may begin at once; -1 where arguments must be bound first.
  let plainCount: Int
  private(set) var defaults: [Value]
  private(set) var cells: [Cell]
  /// Counts the functions of the process, in the order in which they were made.
  public let number = FunctionObject.made.add(1, ordering: .relaxed).newValue

  /// How many there have been.
  public static var count: Int { made.load(ordering: .relaxed) }
  private static let made = Atomic<Int>(0)

  init(code: Code, globals: Globals, defaults: [Value], cells: [Cell]) {
    self.code = code
    self.globals = globals
    entry = code.instructions
    constants = code.constants
    firstSite = code.firstSite
    globalSlots = globals.slots
    registerCount = code.registerCount
    plainCount = code.takesPlainArguments ? code.parameterCount : -1
    self.defaults = defaults
    self.cells = cells
  }

  public var name: String { code.name }
  public var signature: Signature { code.signature }
  /// Its text.
  public var definition: Span? { code.definition }
  /// The words that its body begins with.
  public var documentation: String? { code.documentation }

  deinit {
    var captured = takeCaptured()
    Dismantling.dismantle(&captured)
  }

  /// Gives up what nobody but this function holds.
  private func takeCaptured() -> [Value] {
    var taken: [Value] = []
    swap(&taken, &defaults)
    while var cell = cells.popLast() {
      guard isKnownUniquelyReferenced(&cell), cell.value.mayNest else { continue }
      taken.append(cell.value)
      cell.value = .unbound
    }
    return taken
  }
}

/// A function of the language's table, written in Swift.
public final class NativeFunction: Sendable {
  public typealias Body = @Sendable (Call) throws(RuntimeError) -> Value
  public typealias Direct = @Sendable (UnsafePointer<Value>, Machine) throws(RuntimeError) -> Value?

  typealias OnPositions = @Sendable (UnsafeBufferPointer<Value>, Machine) throws(RuntimeError) -> Value

  public let name: String
  public let signature: Signature
  let body: Body
  /// Tried first where the call has one argument, by position; nil: the body sees to it.
  let direct: Direct?
  /// Whether positional arguments alone fill the parameters one by one: there is no `*rest`, no `**rest`.
  let takesPlainArguments: Bool
  /// Takes the place of the body in calls with arguments by position alone, which it finds where they lie.
  let onPositions: OnPositions?
  let parameterCount: Int
  let requiredCount: Int
  /// What the body works with, where others ask for it.
  public let engine: (any AnyObject & Sendable)?

  public convenience init(
    _ name: String, _ signature: Signature, engine: (any AnyObject & Sendable)? = nil, direct: Direct? = nil,
    _ body: @escaping Body
  ) {
    self.init(name, signature, engine: engine, direct: direct, onPositions: nil, body)
  }

  init(
    _ name: String, _ signature: Signature, engine: (any AnyObject & Sendable)? = nil, direct: Direct? = nil,
    onPositions: OnPositions?, _ body: @escaping Body
  ) {
    self.name = name
    self.signature = signature
    self.engine = engine
    self.direct = direct
    self.onPositions = onPositions
    self.body = body
    takesPlainArguments = signature.takesPositionsAlone
    parameterCount = signature.parameters.count
    requiredCount = signature.parameters.count { !$0.hasDefault }
  }
}

/// A native function that was taken from a value, as `xs.append`: the value is its first argument.
public final class MethodObject: Sendable {
  public let receiver: Value
  public let function: NativeFunction

  public init(receiver: Value, function: NativeFunction) {
    self.receiver = receiver
    self.function = function
  }
}

/// A type, as `int` or `type(x)` gives it; calling it makes a value of the type, where that can be done.
public final class TypeObject: Sendable {
  public let name: String
  /// Set for the kinds of errors.
  public let errorKind: ErrorKind?
  /// What a call of the type does; nil for types that are made by other means.
  public let constructor: NativeFunction?

  public init(name: String, errorKind: ErrorKind? = nil, constructor: NativeFunction? = nil) {
    self.name = name
    self.errorKind = errorKind
    self.constructor = constructor
  }
}

/// A `.bp` file that was imported, with its names.
public final class ModuleObject: Sendable {
  public let name: String
  public let globals: Globals
  /// The path of its file, where it has one.
  public let file: String?
  /// Whether it is only the folder in a dotted name.
  let isPackage: Bool

  public init(name: String, globals: Globals, file: String? = nil, isPackage: Bool = false) {
    self.file = file
    self.name = name
    self.globals = globals
    self.isPackage = isPackage
  }
}

extension Signature {
  /// Whether positional arguments alone fill the parameters one by one.
  var takesPositionsAlone: Bool {
    parameters.allSatisfy { $0.kind == .plain || $0.kind == .positionalOnly }
  }
}
