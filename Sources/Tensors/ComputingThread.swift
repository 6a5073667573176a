import Glibc

/// What computing depends on besides its operands.
///
/// Every thread has its own, so sessions and tests on several threads do not see each other.
final class ComputingThread {
  var defaultFloat = DType.float32
  var question: (() -> Bool)?

  static var current: ComputingThread {
    if let found = pthread_getspecific(key) {
      return Unmanaged<ComputingThread>.fromOpaque(found).takeUnretainedValue()
    }
    let made = ComputingThread()
    pthread_setspecific(key, Unmanaged.passRetained(made).toOpaque())
    return made
  }

  // The system's slot for a thread is untyped: what is put in is retained, and the thread's end releases it.
  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    let failure = pthread_key_create(&key) { slot in
      if let slot { Unmanaged<ComputingThread>.fromOpaque(slot).release() }
    }
    precondition(failure == 0, "no slot left for what a thread computes with")
    return key
  }()
}
