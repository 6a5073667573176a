import Glibc

/// How a long loop learns that it shall stop: it asks now and then, and ends with `TensorError(.interrupted)`.
///
/// Every thread has its own question, so sessions and tests on several threads do not stop each other.
public enum Interruption {
  /// Asked by long loops of the calling thread; true ends the one that asked.
  public static var question: (() -> Bool)? {
    get { pthread_getspecific(key).flatMap { Unmanaged<Asking>.fromOpaque($0).takeUnretainedValue().question } }
    set {
      let before = pthread_getspecific(key)
      pthread_setspecific(key, newValue.map { Unmanaged.passRetained(Asking(question: $0)).toOpaque() })
      if let before { Unmanaged<Asking>.fromOpaque(before).release() }
    }
  }

  public static var isWanted: Bool { question?() ?? false }

  /// Throws where the loop that calls it shall stop.
  static func check() throws(TensorError) {
    if isWanted { throw TensorError(.interrupted) }
  }

  private final class Asking {
    let question: () -> Bool

    init(question: @escaping () -> Bool) { self.question = question }
  }

  // The system's slot for a thread is untyped: what is put in is a retained `Asking`, which the thread's end releases.
  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    let failure = pthread_key_create(&key) { slot in
      if let slot { Unmanaged<Asking>.fromOpaque(slot).release() }
    }
    precondition(failure == 0, "no slot left for a thread's question")
    return key
  }()
}
