import Checking
import Diagnostics

/// Runs programs: the registers, the frames of the calls in progress, and what the world outside has given.
///
/// A machine belongs to one thread at a time, whose stack should hold some megabytes; only its `interrupt` may be touched from
/// elsewhere.
public final class Machine {
  public let interrupt = InterruptFlag()
  public var surroundings: Surroundings
  /// What is known of other languages and libraries, for the help of errors.
  public private(set) lazy var advice = makeAdvice()
  /// Gives it when an error first asks for it.
  public var makeAdvice: () -> Advice = { Advice() }

  /// What programs may take; beyond it they get a MemoryError.
  @exclusivity(unchecked) public var memory = Memory()

  // Unsafe: registers and frames must not move while code runs, and are reached in every instruction. Both are fixed in size,
  // and a call checks that its frame fits.
  let registers: UnsafeMutablePointer<Value>
  let frames: UnsafeMutablePointer<Frame>
  /// Where operands of registers, constants and globals start, for the frame that runs.
  let spaces: UnsafeMutablePointer<UnsafeMutablePointer<Value>>
  /// Registers below were used before and hold a value; those above are raw memory.
  @exclusivity(unchecked) var usedRegisters: UnsafeMutablePointer<Value>
  @exclusivity(unchecked) var depth = 0
  @exclusivity(unchecked) var nativeDepth = 0
  /// Code and modules, which machines on the same floor share.
  let library: Library
  /// What this machine and others take turns with.
  public let floor: Floor

  /// The format that was read last: a loop writes in one again and again.
  var lastFormat: (text: String, spec: FormatSpec)?

  /// Told of every function of the program that is entered, before it runs.
  public var observer: ((FunctionObject) -> Void)? {
    didSet { isObserved = observer != nil }
  }
  @exclusivity(unchecked) var isObserved = false

  /// Who follows the program; nil while it is not debugged.
  public internal(set) var tracer: (any Tracer)?
  /// Where it is told of the program.
  var tracing = Tracing()

  var modulesInProgress: [String] = []

  static let registerCapacity = 1 << 20
  /// Calls of bp functions within one another, as in Python.
  static let recursionLimit = 1000
  /// Calls of bp functions by native functions within one another: each takes a piece of the thread's stack.
  static let nativeRecursionLimit = 100

  public convenience init(surroundings: Surroundings = Surroundings()) {
    self.init(surroundings, Library(), Floor())
  }

  /// A machine that runs programs on the same values as another, each when it has the floor.
  public convenience init(beside other: Machine) {
    self.init(other.surroundings, other.library, other.floor)
    makeAdvice = other.makeAdvice
  }

  private init(_ surroundings: Surroundings, _ library: Library, _ floor: Floor) {
    self.surroundings = surroundings
    self.library = library
    self.floor = floor
    registers = .allocate(capacity: Self.registerCapacity)
    frames = .allocate(capacity: Self.recursionLimit + 1)
    spaces = .allocate(capacity: 3)
    spaces.initialize(repeating: registers, count: 3)
    usedRegisters = registers
  }

  /// Lets go of the values that programs have left behind; nothing while one runs.
  public func clearRegisters() {
    guard depth == 0 else { return }
    registers.deinitialize(count: usedRegisters - registers)
    usedRegisters = registers
  }

  deinit {
    registers.deinitialize(count: usedRegisters - registers)
    registers.deallocate()
    frames.deallocate()
    spaces.deallocate()
  }

  /// Raises KeyboardInterrupt if someone asked for it; natives that take long ask now and then.
  @inline(__always)
  public func checkInterrupt() throws(RuntimeError) {
    if interrupt.isRaised { throw takeInterrupt() }
  }

  @inline(never)
  func takeInterrupt() -> RuntimeError {
    interrupt.clear()
    return RuntimeError(.keyboardInterrupt, "interrupted")
  }
}

/// What machines on the same floor know together.
final class Library {
  /// All code that ran, by its sites.
  var codes: [Code] = []
  /// Whether traps may stand in some of it.
  var hasTraps = false
  var modules: [String: ModuleObject] = [:]
}

/// A call in progress.
struct Frame {
  /// Kept alive by the register before the frame's first.
  var function: Unmanaged<FunctionObject>
  var base: UnsafeMutablePointer<Value>
  /// The instruction after the one that runs.
  var next: UnsafeMutablePointer<Instruction>

  var globals: Globals { function._withUnsafeGuaranteedRef(\.globals) }
  var code: Code { function._withUnsafeGuaranteedRef(\.code) }

  /// The register after the frame's last.
  var end: UnsafeMutablePointer<Value> { base + function._withUnsafeGuaranteedRef(\.registerCount) }
}

/// What a machine needs from outside: where output goes, what imports and decorators mean.
public struct Surroundings {
  public enum Stream: Sendable {
    case output
    case error
  }

  /// Takes what `print` writes.
  public var write: (String, Stream) -> Void
  /// Takes a value to be shown with its representations.
  public var display: (Value) throws(RuntimeError) -> Void
  /// Finds the module of a dotted name and compiles it. The file is the importing one's name.
  public var load: (_ name: String, _ importer: String) throws(RuntimeError) -> LoadedModule
  /// Gives what a function becomes under `@layer`, `@compiled` or `@custom_gradient`.
  public var decorate: (_ decorator: String, FunctionObject, Machine) throws(RuntimeError) -> Value

  /// Whether others may run now; asked at safe points.
  public var mayPause: () -> Bool = { true }
  /// Told when the machine has the floor, at first and again.
  public var resumed: () -> Void = {}

  public init() {
    write = { _, _ in }
    display = { _ in }
    load = { name, _ throws(RuntimeError) in
      throw RuntimeError(.importError, "there is no module \(name)", help: "modules are .bp files beside the importing one")
    }
    decorate = { decorator, _, _ throws(RuntimeError) in
      throw RuntimeError(
        .nameError, "@\(decorator) is not known here",
        help: "a plain function of one tensor can stand among a network's layers, and be trained with what it captures")
    }
  }
}

/// A module that was found: `key` tells it from others (its full path), its program is ready to run.
public struct LoadedModule {
  public var key: String
  public var globals: Globals
  public var program: Program

  public init(key: String, globals: Globals, program: Program) {
    self.key = key
    self.globals = globals
    self.program = program
  }
}

/// Compiled source, ready to run in the namespace it was compiled for.
public final class Program: Sendable {
  let code: Code
  let globals: Globals

  init(code: Code, globals: Globals) {
    self.code = code
    self.globals = globals
  }
}
