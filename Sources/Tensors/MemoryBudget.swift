import Glibc
import Synchronization

/// Counts the bytes that tensors hold and refuses more than the limit, before anything is allocated.
public enum MemoryBudget {
  private static let bytesUsed = Atomic<Int>(0)
  private static let bytesAllowed = Atomic<Int>(threeQuartersOfMemory())

  public static var used: Int { bytesUsed.load(ordering: .relaxed) }

  /// In bytes; at the start three quarters of the smaller of free memory and the control group's limit.
  public static var limit: Int {
    get { bytesAllowed.load(ordering: .relaxed) }
    set { bytesAllowed.store(newValue, ordering: .relaxed) }
  }

  /// Takes `bytes` from the budget, for whatever is stored beside tensors too; `release` gives them back.
  @inline(__always)
  public static func charge(_ bytes: Int) throws(TensorError) {
    let after = bytesUsed.wrappingAdd(bytes, ordering: .relaxed).newValue
    if after > limit {
      release(bytes)
      throw TensorError(.outOfMemory(requested: bytes, used: after - bytes, limit: limit))
    }
  }

  /// Takes a few bytes whether or not they are there.
  @inline(__always)
  static func take(_ bytes: Int) {
    bytesUsed.wrappingAdd(bytes, ordering: .relaxed)
  }

  @inline(__always)
  public static func release(_ bytes: Int) {
    bytesUsed.wrappingSubtract(bytes, ordering: .relaxed)
  }
}

extension MemoryBudget {
  private static func threeQuartersOfMemory() -> Int {
    let available = field(after: "MemAvailable:", in: "/proc/meminfo").map { $0 * 1024 } ?? pagesFree()
    let group = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"].compactMap { number(in: $0) }.min()
    return min(available, group ?? available, addressSpace()) / 4 * 3
  }

  /// What `ulimit -v` leaves.
  private static func addressSpace() -> Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0 else { return .max }
    return Int(clamping: limit.rlim_cur)
  }

  private static func pagesFree() -> Int { sysconf(Int32(_SC_AVPHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)) }

  private static func field(after name: String, in path: String) -> Int? {
    for line in text(of: path).split(separator: "\n") where line.hasPrefix(name) {
      return line.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    }
    return nil
  }

  private static func number(in path: String) -> Int? {
    text(of: path).split(separator: "\n").first.flatMap { Int($0) }
  }

  /// The first page of a system file, empty where there is none.
  private static func text(of path: String) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    return String(unsafeUninitializedCapacity: 4096) { max(read(descriptor, $0.baseAddress, $0.count), 0) }
  }
}
