import Glibc

/// Frees nested containers without recursion, so that a list nested a million deep does not end the process.
///
/// The first container that is freed on a thread lets its contents go one after another; what is freed meanwhile only adds its
/// own contents to those that wait.
enum Dismantling {
  private final class Waiting {
    var values: [Value] = []
  }

  /// Where a thread keeps what waits, while it dismantles.
  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    precondition(pthread_key_create(&key, nil) == 0, "a thread can keep a value of its own")
    return key
  }()

  /// Empties what a container held while it dies.
  static func dismantle(_ elements: inout [Value]) {
    guard elements.contains(where: { $0.mayNest }) else { return }
    if let waiting = pthread_getspecific(key) {
      Unmanaged<Waiting>.fromOpaque(waiting).takeUnretainedValue().values.append(contentsOf: elements)
      elements = []
      return
    }
    let waiting = Waiting()
    swap(&waiting.values, &elements)
    pthread_setspecific(key, Unmanaged.passUnretained(waiting).toOpaque())
    while waiting.values.popLast() != nil {}
    pthread_setspecific(key, nil)
  }
}

extension Value {
  /// Whether freeing this value can free further values.
  var mayNest: Bool {
    switch self {
    case .list, .tuple, .dict, .function: true
    default: false
    }
  }
}
