import Tensors

/// What recording needs to know about the thread that computes: whether to record, and from which place in the program.
///
/// Every thread has its own, so sessions and tests on several threads do not see each other.
public final class Recorder {
  /// Whether an operation on tracked inputs leaves a trace for `backward`.
  @exclusivity(unchecked) public var isRecording = true

  /// The place in the program that later operations come from; what it means is the language's business.
  @exclusivity(unchecked) public var site: Int32 = Recorder.noSite

  /// Whether operations are recorded and nothing else is noted of them.
  @inline(__always)
  public var onlyRecords: Bool { isRecording && trace == nil }

  /// The trace that computations of this thread are noted in.
  @exclusivity(unchecked) var trace: Trace?

  /// The pass that last filled `.gradient`; what an earlier one left is no longer shown.
  var fillingPass: UInt64 = 0

  /// The site of an operation that no line of a program asked for.
  public static let noSite: Int32 = -1

  /// The recorder of the calling thread.
  public static var current: Recorder { own.current }

  private static let own = ThreadLocal { Recorder() }
}

/// Runs `body` without recording: what it computes is constant for every backward pass.
public func withoutRecording<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
  let recorder = Recorder.current
  let before = recorder.isRecording
  recorder.isRecording = false
  defer { recorder.isRecording = before }
  return try body()
}
