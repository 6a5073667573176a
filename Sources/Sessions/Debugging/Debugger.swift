import Builtins
import Diagnostics
import Execution
import Synchronization

/// Follows a session's programs: stops them at breakpoints, steps and errors, and shows what they hold.
///
/// What asks for it comes from another thread than the program's. The program waits on its own thread while it is stopped, and looks
/// at its values there.
public final class Debugger: Tracer, @unchecked Sendable {
  // Unchecked: `settings` and `desk` look after themselves; all else belongs to the thread that has the floor, which is the
  // program's while one runs.
  unowned let machine: Machine
  unowned let workspace: Workspace
  let globals: Globals
  let desk = StopDesk()
  let settings = Mutex(Settings())
  /// What was shown and has parts, by the number that stands for it.
  var shown: [Int: Shown] = [:]
  private var lastNumber = 0
  private var step = Step.none
  /// By depth: the `for` that began there last, whose first turn is no stop of its own.
  private var begun: [Int: (code: ObjectIdentifier?, line: Int)] = [:]
  private(set) var frames: [DebugFrame] = []
  /// Of the sources met so far: a cell's takes a walk through its text.
  private var paths: [ObjectIdentifier: (source: Source, path: String)] = [:]
  private(set) var lastError: (kind: String, message: String)?

  struct Settings {
    /// From the first greeting on: JupyterLab, which asks for it at any time, takes a "no" after that for the end.
    var isStarted = false
    var isAttached = false
    var wantsPause = false
    var breakpoints: [String: [Breakpoint]] = [:]
    var stopsAtRaised = false
    var stopsAtUncaught = false
    var texts: [String: String] = [:]
    var tell: @Sendable (DebugEvent) -> Void = { _ in }
  }

  /// How a stopped program goes on.
  public enum Step: Equatable, Sendable {
    case none
    case into
    /// To the next statement of the frame of this depth, or of one around it.
    case over(Int)
    case out(Int)
  }

  init(_ machine: Machine, _ globals: Globals, _ workspace: Workspace) {
    self.machine = machine
    self.globals = globals
    self.workspace = workspace
  }

  // MARK: Asked from other threads

  public var isStarted: Bool { settings.withLock { $0.isStarted } }
  public var isAttached: Bool { settings.withLock { $0.isAttached } }
  public var isStopped: Bool { desk.isStopped }

  /// A front end has said who it is, and will attach.
  public func start() { settings.withLock { $0.isStarted = true } }

  public func attach(_ tell: @escaping @Sendable (DebugEvent) -> Void) {
    settings.withLock { settings in
      settings.isStarted = true
      settings.isAttached = true
      settings.tell = tell
    }
    machine.interrupt.askForAttention()
  }

  /// Forgets all breakpoints, and lets a stopped program go on.
  public func detach() {
    settings.withLock { settings in
      settings.isStarted = false
      settings.isAttached = false
      settings.wantsPause = false
      settings.breakpoints = [:]
      settings.stopsAtRaised = false
      settings.stopsAtUncaught = false
    }
    machine.interrupt.askForAttention()
    _ = goOn { _ in .none }
  }

  /// Lets a stopped program go on; false where none is stopped.
  ///
  /// - Parameter step: how, from the depth at which it stands.
  public func goOn(_ step: (Int) -> Step) -> Bool { desk.post(.goOn(step(stoppedDepth.load(ordering: .acquiring)))) }

  private let stoppedDepth = Atomic<Int>(0)

  /// Stops the program at its next statement.
  public func pause() {
    settings.withLock { $0.wantsPause = true }
    machine.interrupt.askForAttention()
  }

  public func stopAtErrors(raised: Bool, uncaught: Bool) {
    settings.withLock { ($0.stopsAtRaised, $0.stopsAtUncaught) = (raised, uncaught) }
  }

  /// Lets a program that waits see that it was interrupted.
  func wake() { desk.wake() }

  /// Has `body` look at values: on the stopped program's thread, or here if nothing runs. False where neither can be.
  public func look(_ body: @escaping @Sendable () -> Void) -> Bool {
    if desk.post(.look(body)) { return true }
    return machine.withFloorIfFree { workspace.aside(body) } != nil
  }

  func tell(_ event: DebugEvent) { settings.withLock { $0.tell }(event) }

  // MARK: Told by the machine

  public var interest: TraceInterest {
    settings.withLock { settings in
      guard settings.isAttached else { return .nothing }
      if step != .none || settings.wantsPause { return .everything }
      return settings.breakpoints.isEmpty ? .nothing : .stops
    }
  }

  public func mayStop(at mark: StatementMark) -> Bool {
    let path = path(of: mark.span.source)
    return settings.withLock { settings in
      if step == .into || settings.wantsPause { return settings.isAttached }
      return settings.breakpoints[path]?.contains { $0.line == mark.lines.lowerBound } ?? false
    }
  }

  public func attend(in machine: Machine) throws(RuntimeError) { machine.setTraps() }

  public func reached(_ marks: [StatementMark], in machine: Machine) throws(RuntimeError) {
    guard let mark = marks.last else { return }
    let depth = machine.frameCount
    let here = (code: machine.runningCode, line: mark.lines.lowerBound)
    if mark.kind == .turn, let started = begun.removeValue(forKey: depth), started == here { return }
    if mark.kind == .start { begun[depth] = here }
    let isPause = settings.withLock { $0.wantsPause }
    let isStep =
      switch step {
      case .none: isPause
      case .into: true
      case .over(let start): depth <= start
      case .out(let start): depth < start
      }
    let hit = try breakpoint(at: marks)
    guard let hit else { return isStep ? try stop(isPause ? .pause : .step, at: mark.span) : () }
    try stop(.breakpoint(hit), at: mark.span)
  }

  public func returning(in machine: Machine) {
    switch step {
    case .over(let depth) where depth == machine.frameCount:
      // Another call at the same depth is not the same call.
      step = .out(depth)
      machine.tellAfterReturn()
    case .out(let depth) where depth == machine.frameCount: machine.tellAfterReturn()
    case .into: machine.tellAfterReturn()
    default: break
    }
  }

  public func returned(in machine: Machine) throws(RuntimeError) { try stop(.step, at: nil) }

  public func raised(_ exception: ExceptionObject, isCaught: Bool, in machine: Machine) throws(RuntimeError) {
    let isWanted = settings.withLock { $0.isAttached && ($0.stopsAtRaised || ($0.stopsAtUncaught && !isCaught)) }
    guard isWanted, exception.kind != .keyboardInterrupt else { return }
    lastError = (exception.kind.rawValue, exception.message)
    try stop(.exception("\(exception.kind.rawValue): \(exception.message)"), at: exception.span)
  }

  // MARK: Stopped

  private func stop(_ reason: StopReason, at span: Span?) throws(RuntimeError) {
    step = .none
    settings.withLock { $0.wantsPause = false }
    frames = describeFrames(innermost: span)
    stoppedDepth.store(machine.frameCount, ordering: .releasing)
    shown = [:]
    desk.open()
    tell(.stopped(reason))
    defer {
      shown = [:]
      frames = []
      if case .exception = reason { lastError = nil }
      tell(.continued)
    }
    let next = workspace.aside(waitForStep)
    step = next ?? .none
    machine.setTraps()
    if next == nil { try machine.checkInterrupt() }
  }

  /// Does what is asked of the stopped program until it is to go on; nil once it is interrupted.
  private func waitForStep() -> Step? {
    // Subshells go on meanwhile.
    while let order = machine.withoutFloor({ desk.next(isInterrupted: { machine.interrupt.isRaised }) }) {
      switch order {
      case .look(let body): body()
      case .goOn(let step): return step
      }
    }
    return nil
  }

  private func describeFrames(innermost: Span?) -> [DebugFrame] {
    let views = machine.frameViews
    return views.reversed().map { view in
      let span = view.place == views.count - 1 ? innermost ?? view.span : view.span
      return DebugFrame(
        id: view.place + 1, name: view.function.isEmpty ? span?.source.name ?? "top level" : view.function,
        path: span.map { note($0.source) }, source: span?.source.name, line: span?.start.line ?? 1,
        column: span?.start.column ?? 1)
    }
  }

  /// The path of a source, whose text can be asked for from now on.
  private func note(_ source: Source) -> String {
    let path = path(of: source)
    settings.withLock { $0.texts[path] = source.text(0..<source.utf8.count) }
    return path
  }

  func path(of source: Source) -> String {
    if let known = paths[ObjectIdentifier(source)] { return known.path }
    let path = SourcePath.of(source)
    paths[ObjectIdentifier(source)] = (source, path)
    return path
  }

  /// A source begins to run: steps of an earlier one are over.
  func begin() {
    step = .none
    begun = [:]
    machine.setTraps()
  }

  /// The number that stands for what is shown, until the program goes on.
  func number(for what: Shown) -> Int {
    lastNumber += 1
    shown[lastNumber] = what
    return lastNumber
  }

  func forgetShown() { shown = [:] }
}

public enum StopReason: Equatable, Sendable {
  case breakpoint(Int)
  case step
  case pause
  case exception(String)
}

public enum DebugEvent: Sendable {
  case stopped(StopReason)
  case continued
  /// The text of a logpoint.
  case output(String)
}

public struct DebugFrame: Sendable {
  public var id: Int
  public var name: String
  public var path: String?
  public var source: String?
  public var line: Int
  public var column: Int
}
