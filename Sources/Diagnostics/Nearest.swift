/// The known word that a mistyped one most likely meant; nil if none is near enough.
///
/// Near is: at most a third of its letters changed, left out, added or exchanged with a neighbour
/// (F. Damerau, "A technique for computer detection and correction of spelling errors", 1964).
public func nearest(to word: String, among known: some Sequence<String>) -> String? {
  let letters = Array(word.lowercased().unicodeScalars)
  guard !letters.isEmpty, letters.count <= 60 else { return nil }
  let limit = max(1, letters.count / 3)
  var best: (distance: Int, word: String)?
  for candidate in known where candidate != word {
    let other = Array(candidate.lowercased().unicodeScalars)
    guard abs(other.count - letters.count) <= limit else { continue }
    let distance = editDistance(letters, other)
    guard distance <= limit, distance < max(letters.count, other.count) else { continue }
    if let found = best, (found.distance, found.word) <= (distance, candidate) { continue }
    best = (distance, candidate)
  }
  return best?.word
}

/// Insertions, deletions, changes and exchanges of neighbours that make one word the other.
private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in 0..<a.count {
    var row = [i + 1]
    for j in 0..<b.count {
      var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
      row.append(cost)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
