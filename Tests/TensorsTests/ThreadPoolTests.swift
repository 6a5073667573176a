import Synchronization
import Testing

@testable import Tensors

/// These set the number of threads, which is one for the process.
@Suite(.serialized) struct ThreadPoolTests {
  /// What one call of a job's body sees.
  private final class Job {
    let counts: [Atomic8] = (0..<100).map { _ in Atomic8() }
    final class Atomic8 { let value = Atomic<Int>(0) }
  }

  private func withThreads<R>(_ count: Int, _ body: () throws -> R) rethrows -> R {
    let before = ThreadPool.threadCount
    ThreadPool.threadCount = count
    defer { ThreadPool.threadCount = before }
    return try body()
  }

  @Test(arguments: [1, 2, 4])
  func `every block is done once, also by jobs within jobs`(threads: Int) {
    withThreads(threads) {
      for round in 1...200 {
        let job = Job()
        let context = Unmanaged.passUnretained(job).toOpaque()
        ThreadPool.run(blocks: round % 10 * 10, context) { context, block in
          guard let context else { return }
          let start = block / 10 * 10
          guard block == start else { return }
          var inner = (job: context, start: start)
          ThreadPool.run(blocks: 10, &inner) { context, block in
            guard let inner = context?.load(as: (job: UnsafeMutableRawPointer, start: Int).self) else { return }
            let job = Unmanaged<Job>.fromOpaque(inner.job).takeUnretainedValue()
            job.counts[inner.start + block].value.add(1, ordering: .relaxed)
          }
        }
        for (i, count) in job.counts.enumerated() {
          #expect(count.value.load(ordering: .relaxed) == (i < round % 10 * 10 ? 1 : 0))
        }
      }
    }
  }

  @Test func `results are the same bits with one, two and four threads`() throws {
    var stream = RandomStream(seed: 5)
    let (a, b) = (try stream.normal([250, 333]), try stream.normal([333, 417]))
    let (stackA, stackB) = (try stream.normal([33, 60, 40]), try stream.normal([33, 40, 50]))
    let images = try stream.normal([23, 3, 20, 20])
    let weight = try stream.normal([16, 3, 3, 3])
    let square = try stream.normal([16, 16, 3, 3])
    let window = try Window("convolution", size: [3, 3], stride: [1, 1], padding: [1, 1])
    func results() throws -> [[UInt8]] {
      let convolved = try images.convolution(weight, window)
      return try [
        Tensor.matmul(a, b), Tensor.matmul(b, a, transposeA: true, transposeB: true), Tensor.matmul(stackA, stackB), convolved,
        convolved.convolutionInput(weight, window, images: images.shape), images.convolutionWeight(convolved, window),
        convolved.convolution(square, window), convolved.convolutionWeight(convolved, window),
      ].map { $0.bytes }
    }
    let alone = try withThreads(1, results)
    for threads in [2, 4] {
      for _ in 0..<5 { #expect(try withThreads(threads, results) == alone) }
    }
  }

  // Large enough for oneDNN, if it is there.
  @Test func `a large gradient in weights has the same bits with any number of threads`() throws {
    var stream = RandomStream(seed: 6)
    let (x, gradient) = (try stream.normal([250, 770]), try stream.normal([250, 705]))
    func product() throws -> [UInt8] { try Tensor.matmul(x, gradient, transposeA: true).bytes }
    let alone = try withThreads(1, product)
    for threads in [2, 4] { #expect(try withThreads(threads, product) == alone) }
  }
}
