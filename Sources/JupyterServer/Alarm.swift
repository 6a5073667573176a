import Glibc

/// Rings at a time that any thread may set, for a thread that waits for a file descriptor: that one need not be woken to hear of it.
final class Alarm: Sendable {
  /// Can be read once the time has come.
  let descriptor: Int32
  private let setTime: SetTime

  // Looked up by name, since Swift's module of the C library leaves them out.
  private typealias Create = @convention(c) (Int32, Int32) -> Int32
  private typealias SetTime =
    @convention(c) (Int32, Int32, UnsafePointer<itimerspec>?, UnsafeMutablePointer<itimerspec>?) -> Int32

  init() throws(ServerError) {
    guard let create = dlsym(nil, "timerfd_create"), let setTime = dlsym(nil, "timerfd_settime") else {
      throw .system(operation: "timerfd_create", code: ENOSYS)
    }
    self.setTime = unsafeBitCast(setTime, to: SetTime.self)
    // The flags of the system's files stand for the timer's own, which have the same values.
    descriptor = unsafeBitCast(create, to: Create.self)(CLOCK_MONOTONIC, O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(operation: "timerfd_create", code: errno) }
  }

  deinit { close(descriptor) }

  /// Lets it ring after this time, and at no earlier one.
  func set(after time: Duration) {
    let (seconds, fraction) = time.components
    var time = itimerspec()
    // Nothing at all would turn it off.
    time.it_value = timespec(tv_sec: Int(seconds), tv_nsec: max(1, Int(fraction / 1_000_000_000)))
    _ = setTime(descriptor, 0, &time, nil)
  }

  /// Lets it be silent again.
  func stop() {
    var count: UInt64 = 0
    read(descriptor, &count, MemoryLayout<UInt64>.size)
  }
}
