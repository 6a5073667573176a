import CKernels
import Glibc
import Synchronization

/// A computation inside a library, which cannot be asked to stop.
///
/// One that may take long runs on a thread of its own while the caller waits and asks whether to stop. If so the caller goes
/// on, and the thread ends by itself: it works on tensors that nobody else sees.
enum LibraryCall {
  /// Multiply-adds of a tenth of a second or so.
  private static let long = 2e8

  /// Runs `body`, which needs LAPACK and takes about `cost` multiply-adds.
  static func lapack(
    _ operation: String, cost: Double, _ body: @escaping @Sendable () throws(TensorError) -> [Tensor]
  ) throws(TensorError) -> [Tensor] {
    guard bp_lapack_is_there() else {
      throw TensorError(.noLibrary(operation: operation, library: "liblapack.so.3", package: "liblapack3"))
    }
    guard cost > long, Interruption.question != nil else { return try body() }
    return try apart(body)
  }

  private static func apart(_ body: @escaping @Sendable () throws(TensorError) -> [Tensor]) throws(TensorError) -> [Tensor] {
    let job = Job(body)
    var thread = pthread_t()
    let context = Unmanaged.passRetained(job)
    let failure = pthread_create(
      &thread, nil,
      {
        if let job = $0 { Unmanaged<Job>.fromOpaque(job).takeRetainedValue().run() }
        return nil
      }, context.toOpaque())
    guard failure == 0 else {
      context.release()
      return try body()
    }
    pthread_detach(thread)
    var pause = timespec(tv_sec: 0, tv_nsec: 2_000_000)
    while true {
      if let outcome = job.outcome.withLock({ $0 }) { return try outcome.get() }
      try Interruption.check()
      nanosleep(&pause, nil)
    }
  }

  private final class Job: Sendable {
    let outcome = Mutex<Result<[Tensor], TensorError>?>(nil)
    private let body: @Sendable () throws(TensorError) -> [Tensor]

    init(_ body: @escaping @Sendable () throws(TensorError) -> [Tensor]) {
      self.body = body
    }

    func run() {
      let found = Result { () throws(TensorError) in try body() }
      outcome.withLock { $0 = found }
    }
  }
}
