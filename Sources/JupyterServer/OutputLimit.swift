import JupyterWire
import Synchronization

/// How much one cell may show, so that its notebook can still be opened: of more, the beginning and the end are shown, and what is
/// left out between them is said.
final class OutputLimit: Sendable {
  /// A cell prints this many bytes of UTF-8 before its text is cut.
  static let mostPrinted = 8 << 20
  /// This many bytes of the end are shown then.
  static let endOfPrinted = 64 << 10
  /// The text of a value is cut beyond this many bytes.
  static let longestText = 256 << 10

  private let printed = Atomic(0)
  private let end = Mutex(End())

  private struct End {
    /// Short texts are put together up to about this many bytes.
    private static let pieceSize = 4096
    /// Where the stream changes again and again, each piece is short.
    private static let mostPieces = 512

    var size = 0
    var pieces: [(stream: OutputStream, text: String)] = []
    var leftOut = 0

    mutating func add(_ text: String, to stream: OutputStream) {
      if let last = pieces.indices.last, pieces[last].stream == stream, pieces[last].text.utf8.count < Self.pieceSize {
        pieces[last].text += text
      } else {
        pieces.append((stream, text))
      }
      size += text.utf8.count
      var dropped = 0
      while size - pieces[dropped].text.utf8.count >= endOfPrinted || pieces.count - dropped > Self.mostPieces {
        size -= pieces[dropped].text.utf8.count
        leftOut += pieces[dropped].text.utf8.count
        dropped += 1
      }
      pieces.removeFirst(dropped)
    }
  }

  /// Gives what of a text is to be printed now.
  func cut(_ text: String, to stream: OutputStream) -> String {
    let count = text.utf8.count
    let before = printed.add(count, ordering: .relaxed).oldValue
    if before + count <= Self.mostPrinted { return text }
    let shown = text.beginning(bytes: max(0, Self.mostPrinted - before))
    let rest = String(text[shown.endIndex...])
    end.withLock { $0.add(rest, to: stream) }
    guard before <= Self.mostPrinted else { return "" }
    let most = Self.mostPrinted >> 20
    return shown
      + "\n[This cell has printed \(most) MB: of what follows only the end is shown. Write it to a file to have all of it.]\n"
  }

  /// Gives the end of what was left out, and forgets it.
  func takeEnd() -> [(stream: OutputStream, text: String)] {
    guard printed.load(ordering: .relaxed) > Self.mostPrinted else { return [] }
    var end = end.withLock { end in
      defer { end = End() }
      return end
    }
    guard let first = end.pieces.first else { return [] }
    // One long piece is cut within.
    let tail = first.text.ending(bytes: Self.endOfPrinted)
    end.leftOut += first.text.utf8.count - tail.utf8.count
    end.pieces[0].text = String(tail)
    return end.leftOut == 0 ? end.pieces : [(first.stream, "[\(size(end.leftOut)) left out]\n")] + end.pieces
  }

  /// Begins again: what was shown is gone.
  func reset() {
    printed.store(0, ordering: .relaxed)
    end.withLock { $0 = End() }
  }
}

/// So many bytes, for a person.
func size(_ bytes: Int) -> String {
  bytes < 1 << 20 ? "\(max(1, bytes >> 10)) KB" : "\(bytes >> 20).\((bytes >> 10 & 1023) * 10 / 1024) MB"
}

extension String {
  /// At most so many bytes, and no half of a character.
  func beginning(bytes: Int) -> Substring {
    let place = utf8.index(startIndex, offsetBy: bytes, limitedBy: endIndex) ?? endIndex
    return self[..<index(place, after: false)]
  }

  func ending(bytes: Int) -> Substring {
    let place = utf8.index(endIndex, offsetBy: -bytes, limitedBy: startIndex) ?? startIndex
    return self[index(place, after: true)...]
  }

  /// The nearest boundary of scalars.
  private func index(_ place: Index, after: Bool) -> Index {
    var place = place
    while place < endIndex, place > startIndex, UTF8.isContinuation(utf8[place]) {
      place = after ? utf8.index(after: place) : utf8.index(before: place)
    }
    return place
  }
}
