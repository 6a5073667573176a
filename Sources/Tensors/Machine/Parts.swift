/// How the items of an instruction (rows, images, entries) fall into parts, which may run on several threads.
///
/// The edges depend on the sizes alone, and no part writes what another reads or writes: results are the same with any number of
/// threads.
struct Parts: BitwiseCopyable {
  let items: Int
  /// Items of a part, but for the last, which may have fewer.
  let each: Int
  let count: Int

  /// Bytes read and written up to which one thread is quicker than two; the fewest of a part; and the most parts.
  private static let bytesForOne = 1 << 18
  private static let leastBytes = 1 << 17
  private static let most = 16

  /// - Parameters:
  ///   - bytes: read and written for an item; more where it takes longer than to move them.
  ///   - unit: a part begins at multiples of so many items.
  init(_ items: Int, bytes: Int, unit: Int = 1) {
    self.items = items
    let isOne = items * bytes <= Parts.bytesForOne
    let least = max(Parts.leastBytes / max(bytes, 1), (items + Parts.most - 1) / Parts.most, 1)
    each = isOne ? max(items, 1) : (least + unit - 1) / unit * unit
    count = max(1, (items + each - 1) / each)
  }

  subscript(number: Int) -> Range<Int> { number * each..<min(items, (number + 1) * each) }

  /// Runs `body` on every part, on as many threads as there are.
  func runAll(_ body: (Range<Int>) -> Void) {
    if count == 1 { return body(self[0]) }
    withoutActuallyEscaping(body) { body in
      var job = (parts: self, body: body)
      withUnsafeMutablePointer(to: &job) { job in
        ThreadPool.run(blocks: count, job) { job, number in
          guard let job = job?.assumingMemoryBound(to: (parts: Parts, body: (Range<Int>) -> Void).self) else { return }
          job.pointee.body(job.pointee.parts[number])
        }
      }
    }
  }
}

/// Code that runs part by part.
protocol PartedCode: BitwiseCopyable {
  var parts: Parts { get }

  /// Runs some of the items.
  func run(_ items: Range<Int>, _ slots: Slots)
}

extension Code {
  /// Runs the parts of an instruction on as many threads as there are.
  func runParts(_ count: Int, _ slots: Slots) {
    var job = Job(code: self, slots: slots)
    withUnsafeMutablePointer(to: &job) { job in
      ThreadPool.run(blocks: count, job) { job, number in
        guard let job = job?.assumingMemoryBound(to: Job.self) else { return }
        job.pointee.code.run(part: number, job.pointee.slots)
      }
    }
  }

  private struct Job: BitwiseCopyable {
    let code: Code
    let slots: Slots
  }

  private func run(part number: Int, _ slots: Slots) {
    switch self {
    case .sum(let it): it.run(it.parts[number], slots)
    case .rows(let it): it.run(it.parts[number], slots)
    case .softmaxLoss(let it): it.run(it.parts[number], slots)
    case .copy(let it): it.run(it.parts[number], slots)
    case .fill(let it): it.run(it.parts[number], slots)
    case .convert(let it): it.run(it.parts[number], slots)
    case .gather(let it): it.run(it.parts[number], slots)
    case .dropoutMask(let it): it.run(it.parts[number], slots)
    case .pooling(let it): it.run(it.parts[number], slots)
    case .chain, .product, .oneHot, .convolution, .call: preconditionFailure("what has no parts is not run in parts")
    }
  }
}
