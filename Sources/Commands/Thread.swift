import Glibc

/// A plain thread with a name and a stack of a chosen size.
struct Thread {
  private let handle: pthread_t

  /// Starts a thread that runs `body`.
  @discardableResult
  static func start(named name: String, stackBytes: Int, _ body: @escaping @Sendable () -> Void) -> Thread {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, stackBytes)
    defer { pthread_attr_destroy(&attributes) }
    var handle = pthread_t()
    let box = Unmanaged.passRetained(Body(body))
    let failure = pthread_create(&handle, &attributes, { argument in
      if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
      return nil
    }, box.toOpaque())
    precondition(failure == 0, "the system refuses another thread")
    pthread_setname_np(handle, String(name.prefix(15)))
    return Thread(handle: handle)
  }

  /// Waits until the thread has ended.
  func join() {
    pthread_join(handle, nil)
  }

  private final class Body: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) {
      self.run = run
    }
  }
}
