extension RandomAccessCollection<UInt8> where Index == Int {
  /// The whole number in `width` bytes from a place on, lowest first; nil where they are not there or Int cannot hold it.
  func number(at place: Int, width: Int) -> Int? {
    guard place >= startIndex, width <= endIndex, place <= endIndex - width else { return nil }
    var number: UInt64 = 0
    for i in (0..<width).reversed() { number = number << 8 | UInt64(self[place + i]) }
    return Int(exactly: number)
  }
}
