/// What could stand at the cursor.
public struct Completions: Equatable, Sendable {
  /// The bytes of the text that a candidate replaces.
  public var replaced: Range<Int>
  public var candidates: [Candidate]

  public struct Candidate: Equatable, Sendable {
    public var text: String
    /// `function`, `keyword`, `parameter`, `command`, `path`, `module`, `name`, or a type's name.
    public var kind: String
    /// How it is called.
    public var signature: String
    /// What it is, in a few words, where there is nothing to call.
    public var facts: String

    init(_ text: String, kind: String, signature: String = "", facts: String = "") {
      self.text = text
      self.kind = kind
      self.signature = signature
      self.facts = facts
    }

    init(_ text: String, _ known: Knowledge.Name) {
      self.init(text, kind: known.type, signature: known.signature?.description ?? "", facts: known.facts)
    }
  }
}

extension [Completions.Candidate] {
  /// Those that a word may be the beginning of, in their order; where there is none, those that have its letters.
  ///
  /// Names that begin with `_` are for those who ask for them.
  func fitting(_ word: String) -> [Completions.Candidate] {
    // What is looked for most often does not take a walk through the rest.
    let same = word.isEmpty ? [] : filter { $0.text.utf8.starts(with: word.utf8) }.firsts
    guard same.isEmpty else { return same }
    let shown = filter { !$0.text.hasPrefix("_") || word.hasPrefix("_") }.firsts
    guard !word.isEmpty else { return shown }
    let small = word.lowercased()
    let lowered = shown.map { ($0, $0.text.lowercased()) }
    let alike = lowered.filter { $0.1.hasPrefix(small) }.map(\.0)
    guard alike.isEmpty, small.count > 1 else { return alike }
    let within = lowered.filter { $0.1.contains(small) }.map(\.0)
    // The shorter, the more of it was meant. Three letters are somewhere in many names.
    guard within.isEmpty, small.count > 3 else { return within.sorted { $0.text.utf8.count < $1.text.utf8.count } }
    return lowered.filter { Self.has($0.1, small) }.map(\.0).sorted { $0.text.utf8.count < $1.text.utf8.count }
  }

  /// The first of each text.
  private var firsts: [Completions.Candidate] {
    var seen: Set<String> = []
    seen.reserveCapacity(count)
    return filter { seen.insert($0.text).inserted }
  }

  /// By name, and numbers at the end of a name by their size: `dense2` before `dense10`.
  var inOrder: [Completions.Candidate] {
    map { (candidate: $0, key: Key($0.text)) }.sorted { $0.key < $1.key }.map(\.candidate)
  }

  private struct Key: Comparable {
    var stem: Substring
    var number: Substring

    init(_ text: String) {
      let digits = text.utf8.reversed().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
      let place = text.utf8.index(text.endIndex, offsetBy: -digits)
      (stem, number) = (text[..<place], text[place...])
    }

    static func < (a: Key, b: Key) -> Bool {
      if a.stem != b.stem { return a.stem < b.stem }
      return a.number.utf8.count != b.number.utf8.count ? a.number.utf8.count < b.number.utf8.count : a.number < b.number
    }
  }

  /// Whether a text has letters in their order, beginning with the first.
  private static func has(_ text: String, _ letters: String) -> Bool {
    guard text.first == letters.first else { return false }
    var rest = letters[...]
    for character in text where character == rest.first { rest.removeFirst() }
    return rest.isEmpty
  }
}
