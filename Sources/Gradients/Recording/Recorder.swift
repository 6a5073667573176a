import Glibc

/// What recording needs to know about the thread that computes: whether to record, and from which place in the program.
///
/// Every thread has its own, so sessions and tests on several threads do not see each other.
public final class Recorder {
  /// Whether an operation on tracked inputs leaves a trace for `backward`.
  public var isRecording = true

  /// The place in the program that later operations come from; what it means is the language's business.
  public var site: Int32 = Recorder.noSite

  /// The pass that last filled `.gradient`; what an earlier one left is no longer shown.
  var fillingPass: UInt64 = 0

  /// The site of an operation that no line of a program asked for.
  public static let noSite: Int32 = -1

  /// The recorder of the calling thread.
  public static var current: Recorder {
    if let found = pthread_getspecific(key) {
      return Unmanaged<Recorder>.fromOpaque(found).takeUnretainedValue()
    }
    let made = Recorder()
    pthread_setspecific(key, Unmanaged.passRetained(made).toOpaque())
    return made
  }

  // The system's slot for a thread is untyped: what is put in is a retained Recorder, which the thread's end releases.
  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    let failure = pthread_key_create(&key) { slot in
      if let slot { Unmanaged<Recorder>.fromOpaque(slot).release() }
    }
    precondition(failure == 0, "no slot left for a thread's recorder")
    return key
  }()
}

/// Runs `body` without recording: what it computes is constant for every backward pass.
public func withoutRecording<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
  let recorder = Recorder.current
  let before = recorder.isRecording
  recorder.isRecording = false
  defer { recorder.isRecording = before }
  return try body()
}
