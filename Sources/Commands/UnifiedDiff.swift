import Diagnostics

/// The lines in which two texts differ, as `diff -u` and `git apply` write them.
struct UnifiedDiff {
  private let name: String
  private let lines: [Line]

  private static let context = 3

  fileprivate enum Line {
    case kept(Substring)
    case removed(Substring)
    case added(Substring)
  }

  init(from old: String, to new: String, name: String) {
    self.name = name
    let (before, after) = (Self.lines(of: old), Self.lines(of: new))
    let difference = after.map { Array($0.utf8) }.difference(from: before.map { Array($0.utf8) })
    let removed = Set(difference.removals.map(\.place))
    let added = Set(difference.insertions.map(\.place))
    var lines: [Line] = []
    var (i, j) = (0, 0)
    while i < before.count || j < after.count {
      if removed.contains(i) {
        lines.append(.removed(before[i]))
        i += 1
      } else if added.contains(j) {
        lines.append(.added(after[j]))
        j += 1
      } else {
        lines.append(.kept(before[i]))
        i += 1
        j += 1
      }
    }
    self.lines = lines
  }

  /// Each line with its end, which the last one may lack.
  private static func lines(of text: String) -> [Substring] {
    var lines: [Substring] = []
    var start = text.startIndex
    while let end = text[start...].utf8.firstIndex(of: UInt8(ascii: "\n")) {
      let next = text.utf8.index(after: end)
      lines.append(text[start..<next])
      start = next
    }
    if start < text.endIndex { lines.append(text[start...]) }
    return lines
  }

  /// The whole of it; empty where the texts are equal.
  var text: String {
    var text = ""
    var (old, new) = (1, 1)
    var place = 0
    while let first = lines[place...].firstIndex(where: \.isChange) {
      let start = max(place, first - Self.context)
      old += start - place
      new += start - place
      let end = end(of: first)
      let hunk = lines[start..<end]
      let (removed, added) = (hunk.count(where: \.isOld), hunk.count(where: \.isNew))
      if text.isEmpty { text = "--- \(Printable.text(name))\n+++ \(Printable.text(name))\n" }
      text += "@@ -\(Self.range(old, removed)) +\(Self.range(new, added)) @@\n" + hunk.map(\.text).joined()
      old += removed
      new += added
      place = end
    }
    return text
  }

  /// Behind the last change that is near to the one before it, and some lines more.
  private func end(of first: Int) -> Int {
    var last = first
    while let next = lines[(last + 1)...].firstIndex(where: \.isChange), next - last <= 2 * Self.context + 1 { last = next }
    return min(lines.count, last + 1 + Self.context)
  }

  /// A hunk without lines of one text is told by the line before it.
  private static func range(_ start: Int, _ count: Int) -> String {
    count == 1 ? "\(start)" : "\(count == 0 ? start - 1 : start),\(count)"
  }
}

extension UnifiedDiff.Line {
  fileprivate var isChange: Bool { if case .kept = self { false } else { true } }
  fileprivate var isOld: Bool { if case .added = self { false } else { true } }
  fileprivate var isNew: Bool { if case .removed = self { false } else { true } }

  fileprivate var text: String {
    let (sign, line) =
      switch self {
      case .kept(let line): (" ", line)
      case .removed(let line): ("-", line)
      case .added(let line): ("+", line)
      }
    return sign + line + (line.utf8.last == UInt8(ascii: "\n") ? "" : "\n\\ No newline at end of file\n")
  }
}

extension CollectionDifference.Change {
  fileprivate var place: Int {
    switch self {
    case .insert(let offset, _, _), .remove(let offset, _, _): offset
    }
  }
}
