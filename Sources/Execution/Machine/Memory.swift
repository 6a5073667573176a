import Glibc

/// How much memory a program may still take: what it asks for is counted before it is given.
///
/// Small pieces are only added up; after every `step` bytes, and before anything larger, the process is measured. So what was
/// freed counts again, and a loop that hoards small values is stopped too.
public struct Memory {
  /// The most bytes that the process may hold.
  public var limit = 4 << 30
  /// Counted since the process was measured, and how far counting may go before it is measured again.
  private var counted = 0
  private var allowance = 0

  private static let step = 32 << 20

  // Swift's Glibc does not show `malloc_trim`.
  private static let giveBackFreed = dlsym(nil, "malloc_trim").map {
    unsafeBitCast($0, to: (@convention(c) (Int) -> CInt).self)
  }

  /// Counts bytes that are about to be taken.
  @inline(__always)
  mutating func charge(_ bytes: Int) throws(RuntimeError) {
    let (sum, overflow) = counted.addingReportingOverflow(bytes)
    counted = overflow ? .max : sum
    if counted > allowance { try measure(before: bytes) }
  }

  @inline(never)
  private mutating func measure(before bytes: Int) throws(RuntimeError) {
    var used = Self.held()
    if used > limit - bytes {
      // What was freed may not have gone back to the system yet.
      _ = Self.giveBackFreed?(0)
      used = Self.held()
    }
    counted = 0
    allowance = 0
    guard used <= limit - bytes else {
      throw RuntimeError(
        .memoryError,
        "\(Self.text(bytes)) more would exceed the memory limit: \(Self.text(used)) of \(Self.text(limit)) are in use",
        help: "work on a part at a time, or raise the limit with --memory")
    }
    counted = bytes
    allowance = bytes + min(Self.step, limit - bytes - used)
  }

  /// The bytes of the process that are in memory now; 0 where the system does not tell.
  public static func held() -> Int {
    let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return 0 }
    defer { close(descriptor) }
    let words = String(unsafeUninitializedCapacity: 256) { max(read(descriptor, $0.baseAddress, $0.count), 0) }.split(
      separator: " ")
    guard words.count > 1, let pages = Int(words[1]) else { return 0 }
    return pages * sysconf(Int32(_SC_PAGESIZE))
  }

  /// A size as people say it: `3.5 GiB`.
  private static func text(_ bytes: Int) -> String {
    let units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    var (size, unit) = (Double(bytes), 0)
    while size >= 1024, unit + 1 < units.count { (size, unit) = (size / 1024, unit + 1) }
    return (unit == 0 ? "\(bytes)" : FloatText.fixed(size, "f", digits: 1)) + " " + units[unit]
  }
}

extension Machine {
  /// Counts bytes that are about to be taken; throws MemoryError where they are too many.
  @inline(__always)
  public func charge(bytes: Int) throws(RuntimeError) { try memory.charge(bytes) }

  func charge(count: Int, ofBytes bytes: Int) throws(RuntimeError) {
    let (total, overflow) = count.multipliedReportingOverflow(by: bytes)
    try charge(bytes: overflow ? .max : total)
  }

  /// Counts room for so many values.
  @inline(__always)
  func charge(values: Int) throws(RuntimeError) {
    try charge(count: values, ofBytes: MemoryLayout<Value>.stride)
  }

  /// Counts what a list takes that is about to grow by one: its room doubles when it is full.
  @inline(__always)
  func chargeGrowth(of list: ListObject) throws(RuntimeError) {
    let count = list.elements.count
    if count == list.elements.capacity { try charge(values: 2 * count + 4) }
  }
}
