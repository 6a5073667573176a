import Glibc

/// Lets several machines take turns on the same values: who has the floor runs, the others wait.
///
/// As in CPython, only one program runs at a time, so values need no locks. The floor is given up at safe points only: a turn of
/// a loop, a call of a function, a step of a training, a pause. A newcomer gets it at the next safe point, unless someone has
/// waited for longer than a `slice`; those who have run before take turns of that length. So what takes less than a slice sees the
/// values as they were at one safe point.
public final class Floor: @unchecked Sendable {
  // Unchecked: everything else is touched only while the lock is held; the two pointers never change.
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let change = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  /// Those who wait, the next first.
  private var waiting: [(machine: Machine, since: ContinuousClock.Instant)] = []
  private var isTaken = false
  /// The thread that has the floor, while it is taken.
  private var thread = pthread_self()

  /// The machine that runs; read by the thread that has the floor.
  private(set) unowned(unsafe) var speaker: Machine?

  /// How long one runs while others wait, in milliseconds.
  static let slice = 100

  public init() {
    pthread_mutex_init(lock, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(change, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(change)
    pthread_mutex_destroy(lock)
    change.deallocate()
    lock.deallocate()
  }

  /// Waits for the floor; who comes anew goes before those who have not waited long.
  func take(for machine: Machine) {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    if isTaken || !waiting.isEmpty {
      let now = ContinuousClock.now
      let place = waiting.firstIndex { now - $0.since < .milliseconds(Self.slice) } ?? waiting.endIndex
      waiting.insert((machine, now), at: place)
      speaker?.interrupt.askForFloor()
      waitForTurn(of: machine)
    }
    begin(machine)
  }

  func give() {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    end()
  }

  /// Lets the others have their turns first, if some wait.
  func pass(from machine: Machine) {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    machine.interrupt.forgetFloor()
    if waiting.isEmpty { return }
    waiting.append((machine, .now))
    end()
    waitForTurn(of: machine)
    begin(machine)
  }

  /// Takes the floor if nobody has it or waits for it.
  func takeIfFree(for machine: Machine) -> Bool {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    if isTaken || !waiting.isEmpty { return false }
    begin(machine)
    return true
  }

  /// Whether the calling thread has the floor: a machine may also be looked at by another thread than its own.
  var isHeldHere: Bool {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return isTaken && pthread_equal(thread, pthread_self()) != 0
  }

  private func begin(_ machine: Machine) {
    machine.interrupt.forgetFloor()
    isTaken = true
    thread = pthread_self()
    speaker = machine
  }

  private func end() {
    isTaken = false
    speaker = nil
    pthread_cond_broadcast(change)
  }

  private func waitForTurn(of machine: Machine) {
    var deadline = Self.afterSlice()
    while isTaken || waiting.first?.machine !== machine {
      if pthread_cond_timedwait(change, lock, &deadline) == ETIMEDOUT {
        speaker?.interrupt.askForFloor()
        deadline = Self.afterSlice()
      }
    }
    waiting.removeFirst()
  }

  private static func afterSlice() -> timespec {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    let nanoseconds = time.tv_nsec + slice * 1_000_000
    return timespec(tv_sec: time.tv_sec + nanoseconds / 1_000_000_000, tv_nsec: nanoseconds % 1_000_000_000)
  }
}

// What a machine does with its floor.
extension Machine {
  /// Runs something with the floor taken.
  public func withFloor<Result>(_ body: () -> Result) -> Result {
    if floor.isHeldHere { return body() }
    floor.take(for: self)
    surroundings.resumed()
    defer { floor.give() }
    return body()
  }

  /// Runs something with the floor taken, from any thread; nil where another program runs.
  public func withFloorIfFree<Result>(_ body: () -> Result) -> Result? {
    guard floor.takeIfFree(for: self) else { return nil }
    surroundings.resumed()
    defer { floor.give() }
    return body()
  }

  /// Waits for something outside, and lets others run meanwhile. Called with the floor taken, at a safe point.
  public func withoutFloor<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    guard surroundings.mayPause() else { return try body() }
    floor.give()
    defer {
      floor.take(for: self)
      surroundings.resumed()
    }
    return try body()
  }

  /// Whether others wait for their turn, and may have it now.
  public var isWaitedFor: Bool { interrupt.isFloorWanted && surroundings.mayPause() }

  /// A safe point: others who wait for their turn get it here.
  @inline(__always)
  public func letOthersRun() {
    if interrupt.isFloorWanted { passFloor() }
  }

  @inline(never)
  private func passFloor() {
    guard surroundings.mayPause() else { return }
    floor.pass(from: self)
    surroundings.resumed()
  }

  /// Does what was asked for through the flag: lets others run, raises KeyboardInterrupt, or turns to the debugger.
  @inline(never)
  func attend() throws(RuntimeError) {
    letOthersRun()
    try checkInterrupt()
    try hearTracer()
  }
}
