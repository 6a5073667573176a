/// Makes programs that nobody would write out of those that somebody wrote.
struct ProgramMutator {
  let corpus: [String]
  /// Words and signs of the whole corpus, each once.
  private let words: [String]
  var chance = Chance(seed: 0)

  init(corpus: [String]) {
    self.corpus = corpus
    var seen: Set<String> = []
    words = corpus.flatMap { Self.words(of: $0).map(String.init) }.filter { $0 != " " && seen.insert($0).inserted } + Self.odd
  }

  mutating func next() -> String {
    var text = chance.pick(corpus)
    if text.utf8.count > 4000 { text = String(text.prefix(4000)) }
    // Most are hardly changed, so that some have no mistake and go further.
    for _ in 0..<chance.pick([1, 1, 1, 2, 3, 5]) {
      switch chance.below(10) {
      case 0...3: text = mutatedWords(text)
      case 4...5: text = mutatedLines(text)
      case 6: text = mutatedBytes(text)
      case 7: text = spliced(text)
      case 8: text = grafted(text)
      default: text = insert(bomb(), into: text)
      }
    }
    return text
  }

  // MARK: Words

  /// Runs of letters and digits, and single signs.
  private static func words(of text: String) -> [Substring] {
    var words: [Substring] = []
    var start = text.startIndex
    while start < text.endIndex {
      var end = text.index(after: start)
      if text[start].isLetter || text[start].isNumber || text[start] == "_" {
        while end < text.endIndex, text[end].isLetter || text[end].isNumber || text[end] == "_" { end = text.index(after: end) }
      }
      words.append(text[start..<end])
      start = end
    }
    return words
  }

  private mutating func mutatedWords(_ text: String) -> String {
    var parts = Self.words(of: text)
    guard !parts.isEmpty else { return chance.pick(words) }
    for _ in 0..<chance.pick([1, 1, 2]) where !parts.isEmpty {
      let place = chance.below(parts.count)
      switch chance.below(5) {
      case 0: parts.remove(at: place)
      case 1: parts.insert(parts[place], at: place)
      case 2: parts.swapAt(place, chance.below(parts.count))
      case 3: parts.insert(chance.pick(words)[...], at: place)
      default: parts[place] = chance.pick(words)[...]
      }
    }
    return parts.joined()
  }

  // MARK: Lines and bytes

  private mutating func mutatedLines(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let place = chance.below(lines.count)
    switch chance.below(7) {
    case 0: lines.remove(at: place)
    case 1: lines.insert(lines[place], at: place)
    case 2: lines.swapAt(place, chance.below(lines.count))
    case 3: lines[place] = "    " + lines[place]
    case 4: lines[place] = lines[place].drop { $0 == " " }
    case 5: lines[place] = "if True: " + lines[place]
    default: lines[place] = lines[place] + "; " + (lines.randomElement(using: &chance) ?? "")
    }
    return lines.joined(separator: chance.happens(oneIn: 20) ? "\r\n" : "\n")
  }

  private mutating func mutatedBytes(_ text: String) -> String {
    var bytes = Array(text.utf8)
    for _ in 0..<1 + chance.below(3) {
      let place = chance.below(bytes.count + 1)
      let end = min(bytes.count, place + 1 + chance.below(12))
      switch chance.below(4) {
      case 0: bytes.removeSubrange(place..<end)
      case 1: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 2: bytes.insert(UInt8(chance.below(256)), at: place)
      default: if place < bytes.count { bytes[place] ^= 1 << UInt8(chance.below(8)) }
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  // MARK: Two programs

  private mutating func spliced(_ text: String) -> String {
    let other = chance.pick(corpus)
    return String(decoding: Array(text.utf8).prefix(chance.below(text.utf8.count + 1)), as: UTF8.self)
      + String(decoding: Array(other.utf8).suffix(chance.below(min(2000, other.utf8.count) + 1)), as: UTF8.self)
  }

  /// A piece of another program where a word stood.
  private mutating func grafted(_ text: String) -> String {
    var parts = Self.words(of: text)
    let other = Self.words(of: chance.pick(corpus))
    guard !parts.isEmpty, !other.isEmpty else { return text }
    let start = chance.below(other.count)
    let place = chance.below(parts.count)
    parts.replaceSubrange(place..<place + 1, with: other[start..<min(other.count, start + 1 + chance.below(15))])
    return parts.joined()
  }

  private mutating func insert(_ piece: String, into text: String) -> String {
    var parts = Self.words(of: text)
    parts.insert(piece[...], at: chance.below(parts.count + 1))
    return parts.joined()
  }

  // MARK: What is too much

  private mutating func bomb() -> String {
    let count = chance.pick([3, 40, 99, 101, 130, 999, 1001, 1300])
    func many(_ piece: String) -> String { String(repeating: piece, count: count) }
    switch chance.below(12) {
    case 0: return many(chance.pick(["(", "[", "{", "f(", "x[", "{1:", "[[", "(x,"]))
    case 1: return many(chance.pick(["-", "not ", "~", "lambda: ", "x if y else ", "a.", "a ** ", "a = ", "a < ", "a and "]))
    case 2: return "(" + many("x, ") + ")"
    case 3: return "x = " + many("(") + "1" + many(")")
    case 4: return (0..<min(count, 60)).map { String(repeating: " ", count: $0) + "if x:\n" }.joined()
    case 5: return many(chance.pick(["9", "0", "1e", "_", "."]))
    case 6: return "f\"" + many("{") + "x" + many("}") + "\""
    case 7: return many(chance.pick(["\"", "'", "\"\"\"", "\\", "#", "\n", ";", ",", ":"]))
    case 8: return "x = [" + many("1, ") + "]"
    case 9: return many("x" + chance.pick(["()", "[0]", ".y", "(0)", " + ", " @ "]))
    case 10: return "def f(" + (0..<count).map { "a\($0)" }.joined(separator: ", ") + "): pass\n"
    default: return many("for x in y ")
    }
  }

  private static let odd = [
    "\u{0}", "\u{FEFF}", "\r", "\r\n", "\u{0C}", "\t", "\u{200B}", "\u{202E}", "\u{2028}", "e\u{301}", "é", "ｘ", "𝐱", "ﬁ", "η",
    "👩‍👩‍👧", "\u{10FFFF}", "١", "²", "“", "−", "1e999", "0x", "0xFFFFFFFFFFFFFFFFFF", "9223372036854775807",
    "9223372036854775808", "-9223372036854775808", "1_0", "1__0", "0.1e-400", "1j", "\\", "\\\n", "\\x", "\\N{DASH}",
    "f\"{x!r:>{w}}\"",
    "f'{x=}'", "rb''", "'''", "\"\"\"", "**", "//=", ":=", "->", "...", "!=", "<>", "@", "~", "$", "?", "!", "`", "class",
    "async",
    "await", "yield", "global", "nonlocal", "del", "*a, b", "**kw", "lambda *a, b=1, **k: a", "[]", "{}", "()", "[:]", "[::-1]",
    "inf", "nan", "1e308", "100000000000", "zeros(100000, 100000)", "[0] * 10 ** 12", "\"a\" * 10 ** 12", "range(10 ** 15)",
    "%time",
    "_", "while True: pass\n",
  ]
}
