import Parsing

extension Machine {
  /// Has a program followed from its next statement on; nil: no longer.
  public func follow(with tracer: (any Tracer)?) {
    self.tracer = tracer
    tracing = Tracing()
    setTraps()
  }

  /// Sets the traps that the tracer's interest asks for, in all code that is known.
  public func setTraps() {
    let interest = tracer?.interest ?? .nothing
    // A session that nobody debugs has as much code as it ran cells, and nothing to do to it.
    if case .nothing = interest, !library.hasTraps { return }
    library.hasTraps = false
    for code in library.codes { setTraps(in: code) }
    if let (code, place, _) = tracing.landing { setTrap(place, in: code) }
  }

  private func setTrap(_ place: Int, in code: Code) {
    library.hasTraps = true
    code.setTrap(place)
  }

  func setTraps(in code: Code) {
    let interest = tracer?.interest ?? .nothing
    if case .nothing = interest {} else { library.hasTraps = true }
    switch interest {
    case .nothing: code.setTraps([])
    case .stops: code.setTraps(code.marks.filter { tracer?.mayStop(at: $0) ?? false }.map(\.place))
    case .everything: code.setTraps(code.marks.map(\.place) + code.returns)
    }
  }

  /// Has the tracer told when the frame that called the innermost one goes on.
  public func tellAfterReturn() {
    guard depth > 1 else { return }
    let caller = frames[depth - 2]
    let place = caller.next - caller.code.instructions
    tracing.landing = (caller.code, place, depth - 1)
    setTrap(place, in: caller.code)
  }

  /// Tells of what is about to run; gives the instruction that the trap stands for.
  @inline(never)
  func trapped(_ instruction: UnsafeMutablePointer<Instruction>) throws(RuntimeError) -> UnsafeMutablePointer<Instruction> {
    let code = frames[depth - 1].code
    let place = instruction - code.instructions
    if let tracer, !tracing.isAside { try tell(tracer, of: code, place) }
    return code.plain(place)
  }

  private func tell(_ tracer: any Tracer, of code: Code, _ place: Int) throws(RuntimeError) {
    var hasLanded = false
    if let landing = tracing.landing, landing.depth >= depth {
      // The frame is there, or is gone by an error.
      hasLanded = landing.code === code && landing.place == place && landing.depth == depth
      tracing.landing = nil
      setTraps(in: landing.code)
    }
    var marks = code.marks.filter { $0.place == place }
    if case .stops = tracer.interest { marks = marks.filter(tracer.mayStop) }
    if !marks.isEmpty {
      try tracer.reached(marks, in: self)
    } else if hasLanded {
      try tracer.returned(in: self)
    }
    // What it is told last may have changed its interest.
    if case .everything = tracer.interest, code.plain(place).pointee.opcode == .returnValue { tracer.returning(in: self) }
  }

  /// Tells of an exception; gives the one that goes on, which is another if the person stopped the program meanwhile.
  func tell(_ tracer: any Tracer, of error: RuntimeError) -> RuntimeError {
    if tracing.isAside { return error }
    do throws(RuntimeError) {
      try tracer.raised(error.exception, isCaught: isCaught(error.exception), in: self)
      return error
    } catch {
      locate(error.exception)
      return error
    }
  }

  /// Asks the tracer what it wants, if it asked for attention.
  func hearTracer() throws(RuntimeError) {
    guard interrupt.takeAttention(), let tracer, !tracing.isAside else { return }
    try tracer.attend(in: self)
  }

  /// Whether one of the frames in progress catches an exception that is raised now.
  private func isCaught(_ exception: ExceptionObject) -> Bool {
    (0..<depth).contains { isCaught(exception, by: frames[$0]) }
  }

  private func isCaught(_ exception: ExceptionObject, by frame: Frame) -> Bool {
    let place = frame.next - frame.code.instructions - 1
    return frame.code.handlers.contains { handler in
      guard handler.range.contains(place), case .kinds(let handlers) = handler.catches else { return false }
      return handlers.contains { kinds in
        kinds.isEmpty || kinds.contains { isKind($0, over: exception.kind, in: frame) }
      }
    }
  }

  /// Whether an expression behind `except` names a kind, or the kind over it.
  private func isKind(_ expression: Expression, over kind: ErrorKind, in frame: Frame) -> Bool {
    // What is no name is found out only by running it; it is taken to catch.
    guard case .name(let name) = expression.kind else { return true }
    guard case .type(let type)? = frame.globals[name], let caught = type.errorKind else { return false }
    return kind.isKind(of: caught)
  }

  /// Whether a program's function should run as it is written, as someone wants to stop in it.
  public func mayStop(in function: FunctionObject) -> Bool {
    guard let tracer, !tracing.isAside else { return false }
    if case .nothing = tracer.interest { return false }
    return function.code.marks.contains(where: tracer.mayStop)
  }
}
