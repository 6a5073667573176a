import Glibc

/// An object of which every thread has its own, made when it is first asked for and released when the thread ends.
public struct ThreadLocal<Object: AnyObject>: Sendable {
  @usableFromInline let key: pthread_key_t
  private let make: @Sendable () -> Object

  public init(_ make: @escaping @Sendable () -> Object) {
    self.make = make
    var key = pthread_key_t()
    let failure = pthread_key_create(&key) { slot in
      if let slot { Unmanaged<AnyObject>.fromOpaque(slot).release() }
    }
    precondition(failure == 0, "no slot left for what a thread keeps")
    self.key = key
  }

  // The system's slot for a thread is untyped: what is put in is a retained Object.
  @inlinable
  public var current: Object {
    if let found = pthread_getspecific(key) { return Unmanaged<Object>.fromOpaque(found).takeUnretainedValue() }
    return made()
  }

  @usableFromInline
  func made() -> Object {
    let made = make()
    pthread_setspecific(key, Unmanaged.passRetained(made).toOpaque())
    return made
  }
}
