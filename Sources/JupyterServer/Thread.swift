import Glibc

/// A thread of the system with a name.
public struct Thread: Sendable {
  private let handle: pthread_t

  /// Starts a thread.
  ///
  /// - Parameters:
  ///   - name: at most 15 bytes are shown by the system's tools.
  ///   - stackSize: in bytes; `nil` for the system's usual size.
  public init(_ name: String, stackSize: Int? = nil, _ body: @escaping @Sendable () -> Void) throws(ServerError) {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    if let stackSize { pthread_attr_setstacksize(&attributes, stackSize) }

    let work = Unmanaged.passRetained(Work(name: name, body: body))
    var handle = pthread_t()
    let status = pthread_create(&handle, &attributes, runWork, work.toOpaque())
    guard status == 0 else {
      work.release()
      throw .thread(name: name, code: status)
    }
    self.handle = handle
  }

  /// Waits for the end of the thread; to be called once, unless `detach` is.
  public func join() {
    pthread_join(handle, nil)
  }

  /// Lets the thread end by itself, or with the process.
  public func detach() {
    pthread_detach(handle)
  }

  func send(signal: Int32) {
    pthread_kill(handle, signal)
  }
}

private final class Work: Sendable {
  let name: String
  let body: @Sendable () -> Void

  init(name: String, body: @escaping @Sendable () -> Void) {
    self.name = name
    self.body = body
  }
}

private func runWork(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument else { return nil }
  let work = Unmanaged<Work>.fromOpaque(argument).takeRetainedValue()
  nameThisThread(work.name)
  work.body()
  return nil
}

/// Names the calling thread through the process file system, since `pthread_setname_np` is hidden from Swift.
private func nameThisThread(_ name: String) {
  let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
  guard file >= 0 else { return }
  write(file, name, min(name.utf8.count, 15))
  close(file)
}
