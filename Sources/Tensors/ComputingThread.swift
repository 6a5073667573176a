/// What computing depends on besides its operands.
///
/// Every thread has its own, so sessions and tests on several threads do not see each other.
final class ComputingThread {
  var defaultFloat = DType.float32
  var question: (() -> Bool)?

  static var current: ComputingThread { own.current }

  private static let own = ThreadLocal { ComputingThread() }
}
