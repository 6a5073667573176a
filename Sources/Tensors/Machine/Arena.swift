/// Room for what programs compute on their way. Programs of which one runs at a time may share it.
public final class Arena {
  private(set) var memory: Memory
  // Read at each run: nothing is counted for it.
  private(set) var base: UnsafeMutableRawPointer

  // Of single instructions, of which one runs at a time. They are never moved.
  private var rooms: [UnsafeMutableRawBufferPointer] = []

  public init() throws(TensorError) {
    memory = try Memory(byteCount: 0)
    base = memory.base
  }

  /// Makes it at least as large; what lies in it is lost.
  func grow(to byteCount: Int) throws(TensorError) {
    guard byteCount > memory.byteCount else { return }
    memory = try Memory(byteCount: byteCount)
    base = memory.base
  }

  /// At least so many bytes, which other instructions may be given too.
  func scratch(byteCount: Int) -> UnsafeMutableRawPointer {
    if let room = rooms.first(where: { $0.count >= byteCount })?.baseAddress { return room }
    let room = UnsafeMutableRawPointer.allocate(byteCount: max(byteCount, 1), alignment: Memory.alignment)
    rooms.append(UnsafeMutableRawBufferPointer(start: room, count: byteCount))
    return room
  }

  deinit {
    for room in rooms { room.deallocate() }
  }
}
