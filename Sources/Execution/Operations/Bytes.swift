/// Search in UTF-8, which may go bytewise: no character's bytes occur within another's.
extension [UInt8] {
  /// The first place from `start` on, before `end`, where the pattern stands.
  func firstRange(of pattern: [UInt8], from start: Int = 0, to end: Int? = nil) -> Range<Int>? {
    let end = end ?? count
    guard pattern.count <= end - start else { return nil }
    guard let first = pattern.first else { return start..<start }
    var place = start
    while place <= end - pattern.count {
      if self[place] == first, matches(pattern, at: place) { return place..<(place + pattern.count) }
      place += 1
    }
    return nil
  }

  /// The last place from `start` on, before `end`, where the pattern stands.
  func lastRange(of pattern: [UInt8], from start: Int = 0, to end: Int? = nil) -> Range<Int>? {
    let end = end ?? count
    var place = end - pattern.count
    while place >= start {
      if matches(pattern, at: place) { return place..<(place + pattern.count) }
      place -= 1
    }
    return nil
  }

  private func matches(_ pattern: [UInt8], at place: Int) -> Bool {
    for i in pattern.indices where self[place + i] != pattern[i] { return false }
    return true
  }
}

extension String {
  init(bytes: some Collection<UInt8>) {
    self.init(decoding: bytes, as: UTF8.self)
  }
}
