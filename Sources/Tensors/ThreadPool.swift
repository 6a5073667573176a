import CKernels

/// The threads that share out large pieces of work.
///
/// Work is divided into blocks by its shape alone, so that no result depends on how many threads there are.
public enum ThreadPool {
  /// How many threads share the work, the one that brings it among them: as many as there are processors unless set.
  public static var threadCount: Int {
    get { bp_thread_count() }
    set { bp_set_thread_count(newValue) }
  }

  /// Calls `body` with `context` for each block from 0 up to `blocks`, on any thread, and returns when all are done.
  public static func run(
    blocks: Int, _ context: UnsafeMutableRawPointer, _ body: @convention(c) (UnsafeMutableRawPointer?, Int) -> Void
  ) {
    bp_parallel(body, context, blocks)
  }
}
