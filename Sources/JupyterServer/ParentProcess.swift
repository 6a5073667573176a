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
    return ParentProcess(id: id) ?? (errno == ESRCH && getppid() == 1 ? ParentProcess() : nil)
  }

  /// A process that has ended.
  private init() { descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC) }

  public init?(id: Int32) {
    // Looked up by name, since Swift's module of the C library leaves it out.
    typealias Open = @convention(c) (Int32, UInt32) -> Int32
    guard let symbol = dlsym(nil, "pidfd_open") else { return nil }
    descriptor = unsafeBitCast(symbol, to: Open.self)(id, 0)
    if descriptor < 0 { return nil }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit { close(descriptor) }
}
