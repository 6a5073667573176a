/// The arrays that a program's code points to, at addresses that stay.
final class CodeArrays {
  private var blocks: [UnsafeMutableRawPointer] = []
  private let arena: Arena

  init(_ arena: Arena) {
    self.arena = arena
  }

  /// Room for one instruction while it runs.
  func scratch(byteCount: Int) -> UnsafeMutableRawPointer { arena.scratch(byteCount: byteCount) }

  func store<T: BitwiseCopyable>(_ values: [T]) -> UnsafeMutablePointer<T> {
    let room = room(byteCount: values.count * MemoryLayout<T>.stride).bindMemory(to: T.self, capacity: values.count)
    room.initialize(from: values, count: values.count)
    return room
  }

  private func room(byteCount: Int) -> UnsafeMutableRawPointer {
    let block = UnsafeMutableRawPointer.allocate(byteCount: max(byteCount, 1), alignment: Memory.alignment)
    blocks.append(block)
    return block
  }

  deinit {
    for block in blocks { block.deallocate() }
  }
}
