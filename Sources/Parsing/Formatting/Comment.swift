/// A comment, and how it stands among the lines around it.
struct Comment: Equatable, Sendable {
  /// From its `#` to the end of its line, in bytes.
  var range: Range<Int>
  /// Line ends between it and what stands before it: 0 for one that follows code on its line.
  var lineEnds: Int
  /// The blanks before it; a tab goes on to the next multiple of 8.
  var column: Int

  var isOnOwnLine: Bool { lineEnds > 0 }
}

/// What stands between two tokens: comments, and the line ends behind the last of them.
struct Gap {
  private(set) var comments: [Comment] = []
  private(set) var lineEnds: Int

  /// - Parameter lineEnds: those that came before the gap, since the last token that is no mere line end.
  init(_ bytes: [UInt8], _ range: Range<Int>, lineEnds: Int = 0) {
    self.lineEnds = lineEnds
    var column = 0
    var place = range.lowerBound
    while place < range.upperBound {
      switch bytes[place] {
      case UInt8(ascii: "#"):
        let end = bytes[place..<range.upperBound].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? range.upperBound
        comments.append(Comment(range: place..<end, lineEnds: self.lineEnds, column: column))
        self.lineEnds = 0
        place = end
        continue
      case UInt8(ascii: "\\"):
        // It takes the line end behind it along.
        place = Self.lineEnd(bytes, place + 1, range.upperBound)
        continue
      case 0x0A, 0x0D:
        self.lineEnds += 1
        column = 0
        place = Self.lineEnd(bytes, place, range.upperBound)
        continue
      case 0x09: column = (column / 8 + 1) * 8
      case 0x0C: column = 0
      default: column += 1
      }
      place += 1
    }
  }

  /// Behind the line end at a place; the place itself if there is none.
  private static func lineEnd(_ bytes: [UInt8], _ place: Int, _ limit: Int) -> Int {
    guard place < limit else { return place }
    if bytes[place] == 0x0D, place + 1 < limit, bytes[place + 1] == 0x0A { return place + 2 }
    return bytes[place] == 0x0A || bytes[place] == 0x0D ? place + 1 : place
  }
}
