import Diagnostics

extension Machine {
  /// Runs a program to its end.
  ///
  /// - Returns: The value of its last statement, where that is an expression without `;` behind it; `nil` otherwise.
  /// - Throws: The exception that nothing caught, with its place and the calls that led there.
  public func run(_ program: Program) throws(RuntimeError) -> Value? {
    register(program.code)
    let function = FunctionObject(code: program.code, globals: program.globals, defaults: [], cells: [])
    let value = try enter(function, Arguments())
    try checkInterrupt()
    return value.isUnbound ? nil : value
  }

  /// Calls anything that can be called: bp functions, natives, types, engines' objects.
  public func call(_ callee: Value, _ positional: Value...) throws(RuntimeError) -> Value {
    try call(callee, Arguments(positional))
  }

  public func call(_ callee: Value, _ arguments: Arguments) throws(RuntimeError) -> Value {
    // What was made on one machine, such as a layer from a function, may be called on another.
    let machine = floor.speaker ?? self
    return try machine.call(callee, arguments, isWritten: false)
  }

  /// - Parameter isWritten: whether the call stands in the program, for errors.
  func call(_ callee: Value, _ arguments: Arguments, isWritten: Bool) throws(RuntimeError) -> Value {
    switch callee.boxed {
    case .function(let function): return try enter(function, arguments)
    case .native(let function): return try invoke(function, arguments)
    case .method(let method):
      var arguments = arguments
      arguments.positional.insert(method.receiver, at: 0)
      return try invoke(method.function, arguments, isMethod: true)
    case .type(let type): return try construct(type, arguments)
    case .foreign(let object):
      if let result = try object.call(arguments, in: self) { return result }
    default: break
    }
    throw notCallable(callee, isWritten: isWritten)
  }

  /// Runs a bp function on frames above those in progress.
  private func enter(_ function: FunctionObject, _ arguments: Arguments) throws(RuntimeError) -> Value {
    guard nativeDepth < Self.nativeRecursionLimit else {
      throw RuntimeError(
        .recursionError, "calls by builtins are nested deeper than \(Self.nativeRecursionLimit)",
        help: "does a function call itself without end? A loop or a comprehension may go deeper than map or sorted")
    }
    nativeDepth += 1
    defer { nativeDepth -= 1 }
    let bound = try bind(arguments, to: function)
    let window =
      depth == 0 ? registers : frames[depth - 1].end
    try reserve(window, count: bound.count + 1)
    window.pointee = .function(function)
    for (place, value) in bound.enumerated() { window[place + 1] = value }
    let entryDepth = depth
    try push(.passUnretained(function), window: window)
    return try loop(from: entryDepth)
  }

  /// Makes sure that `count` registers from `start` on can be used.
  @inline(__always)
  func reserve(_ start: UnsafeMutablePointer<Value>, count: Int) throws(RuntimeError) {
    let end = start + count
    if end > usedRegisters { try useRegisters(upTo: end) }
  }

  @inline(never)
  private func useRegisters(upTo end: UnsafeMutablePointer<Value>) throws(RuntimeError) {
    guard end <= registers + Self.registerCapacity else { throw tooDeep() }
    usedRegisters.initialize(repeating: .unbound, count: end - usedRegisters)
    usedRegisters = end
  }

  /// Begins a frame whose arguments stand in the window, after the function.
  @inline(__always)
  func push(_ function: Unmanaged<FunctionObject>, window: UnsafeMutablePointer<Value>) throws(RuntimeError) {
    guard depth < Self.recursionLimit else { throw tooDeep() }
    let base = window + 1
    try reserve(base, count: function._withUnsafeGuaranteedRef(\.registerCount))
    (frames + depth).initialize(
      to: Frame(function: function, base: base, next: function._withUnsafeGuaranteedRef(\.entry)))
    depth += 1
    select(function, base)
    if isObserved { tellObserver(function) }
  }

  @inline(never)
  private func tellObserver(_ function: Unmanaged<FunctionObject>) { observer?(function.takeUnretainedValue()) }

  /// Ends the innermost frame: its registers let go of what they hold.
  @inline(__always)
  func pop() {
    depth -= 1
    let frame = frames + depth
    // The function goes last: it keeps its code alive.
    let first = frame.pointee.base - 1
    var register = first + frame.pointee.function._withUnsafeGuaranteedRef(\.registerCount)
    while register >= first {
      if register.pointee.isPlain { register.initialize(to: .unbound) } else { register.pointee = .unbound }
      register -= 1
    }
    guard depth > 0 else { return }
    select(frames[depth - 1].function, frames[depth - 1].base)
  }

  /// Points operands at a frame's registers and its function's constants and top-level names.
  @inline(__always)
  private func select(_ function: Unmanaged<FunctionObject>, _ base: UnsafeMutablePointer<Value>) {
    spaces[0] = base
    spaces[1] = function._withUnsafeGuaranteedRef(\.constants)
    spaces[2] = function._withUnsafeGuaranteedRef(\.globalSlots)
  }

  func tooDeep() -> RuntimeError {
    RuntimeError(
      .recursionError, "calls are nested deeper than \(Self.recursionLimit)",
      help: "does a function call itself without end?")
  }
}
