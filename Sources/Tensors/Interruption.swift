/// How a long loop learns that it shall stop: it asks now and then, and ends with `TensorError(.interrupted)`.
public enum Interruption {
  /// Asked by long loops of the calling thread; true ends the one that asked.
  public static var question: (() -> Bool)? {
    get { ComputingThread.current.question }
    set { ComputingThread.current.question = newValue }
  }

  /// Whether the loop that asks shall stop.
  public static var isWanted: Bool { question?() ?? false }

  /// Throws where the loop that calls it shall stop.
  public static func check() throws(TensorError) {
    if isWanted { throw TensorError(.interrupted) }
  }

  /// Entries of an elementwise loop between two questions: some 40 ms of the slowest functions.
  static let entriesBetweenQuestions = 1 << 20

  /// Calls `body` with the starts and lengths of parts of a long loop, and asks between them whether to stop.
  ///
  /// - Parameter size: what each turn of the loop works on, in entries.
  @inline(__always)
  public static func inParts(
    of count: Int, each size: Int = 1, _ body: (Int, Int) throws(TensorError) -> Void
  ) throws(TensorError) {
    let most = max(1, entriesBetweenQuestions / max(1, size))
    var start = 0
    while count - start > most {
      try body(start, most)
      start += most
      try check()
    }
    if start < count { try body(start, count - start) }
  }

  /// What a loop of uneven turns has worked on since it last asked.
  struct Tally {
    private var entries = 0

    /// Adds the entries of a turn, and asks whether to stop when they are many.
    @inline(__always)
    mutating func add(_ count: Int) throws(TensorError) {
      entries += count
      if entries > Interruption.entriesBetweenQuestions {
        try Interruption.check()
        entries = 0
      }
    }
  }
}
