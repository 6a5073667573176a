import Tensors

/// Gives every buffer that lives for a part of a run a place in the arena; those that never live together may share one.
struct ArenaLayout {
  private(set) var byteCount = 0
  // Unused stretches, by their start.
  private var free: [(start: Int, length: Int)] = []

  mutating func place(_ dtype: DType, _ count: Int) -> Buffer {
    let length = max(aligned(dtype.width * count), Memory.alignment)
    let fitting = free.indices.filter { free[$0].length >= length }.min { free[$0].length < free[$1].length }
    if let found = fitting {
      let start = free[found].start
      if free[found].length == length {
        free.remove(at: found)
      } else {
        free[found] = (start + length, free[found].length - length)
      }
      return Buffer(.arena, offset: start, dtype: dtype, count: count)
    }
    // The last stretch may be the beginning of a longer one.
    let start = free.last.map { $0.start + $0.length == byteCount ? $0.start : byteCount } ?? byteCount
    if start < byteCount { free.removeLast() }
    byteCount = start + length
    return Buffer(.arena, offset: start, dtype: dtype, count: count)
  }

  mutating func release(_ buffer: Buffer) {
    var (start, length) = (buffer.offset, max(aligned(buffer.byteCount), Memory.alignment))
    var place = free.firstIndex { $0.start > start } ?? free.count
    if place < free.count, start + length == free[place].start {
      length += free[place].length
      free.remove(at: place)
    }
    if place > 0, free[place - 1].start + free[place - 1].length == start {
      start = free[place - 1].start
      length += free[place - 1].length
      place -= 1
      free.remove(at: place)
    }
    free.insert((start, length), at: place)
  }
}
