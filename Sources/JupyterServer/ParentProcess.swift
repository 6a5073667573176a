import Glibc

/// The process that started the kernel, without which it has no purpose.
public final class ParentProcess: Sendable {
  /// Can be read once the process has ended.
  let descriptor: Int32

  /// The process that Jupyter names in the environment; `nil` if there is none or the system cannot watch it.
  ///
  /// One that ended before it could be watched has left its kernel to the system's first process. (A number that means nothing
  /// here may also come from outside of a container.)
  public static func fromEnvironment() -> ParentProcess? {
    guard let text = getenv("JPY_PARENT_PID"), let id = Int32(String(cString: text)) else { return nil }
    let (descriptor, problem) = watch(id)
    if descriptor >= 0 { return ParentProcess(descriptor: descriptor) }
    // One that has ended.
    return problem == ESRCH && getppid() == 1 ? ParentProcess(descriptor: open("/dev/null", O_RDONLY | O_CLOEXEC)) : nil
  }

  public convenience init?(id: Int32) {
    let (descriptor, _) = Self.watch(id)
    guard descriptor >= 0 else { return nil }
    self.init(descriptor: descriptor)
  }

  private init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// - Returns: what can be read once the process has ended, and the system's number for why there is none.
  private static func watch(_ id: Int32) -> (descriptor: Int32, problem: Int32) {
    // Looked up by name, since Swift's module of the C library leaves it out.
    typealias Open = @convention(c) (Int32, UInt32) -> Int32
    guard let symbol = dlsym(nil, "pidfd_open") else { return (-1, ENOSYS) }
    let descriptor = unsafeBitCast(symbol, to: Open.self)(id, 0)
    if descriptor < 0 { return (-1, errno) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return (descriptor, 0)
  }

  deinit { close(descriptor) }
}
