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
    var seen: Set<String> = []
    let shown = filter { (!$0.text.hasPrefix("_") || word.hasPrefix("_")) && seen.insert($0.text).inserted }
    guard !word.isEmpty else { return shown }
    let same = shown.filter { $0.text.hasPrefix(word) }
    guard same.isEmpty else { return same }
    let small = word.lowercased()
    let lowered = shown.map { ($0, $0.text.lowercased()) }
    let alike = lowered.filter { $0.1.hasPrefix(small) }.map(\.0)
    guard alike.isEmpty, small.count > 1 else { return alike }
    let within = lowered.filter { $0.1.contains(small) }.map(\.0)
    // The shorter, the more of it was meant. Three letters are somewhere in many names.
    guard within.isEmpty, small.count > 3 else { return within.sorted { $0.text.utf8.count < $1.text.utf8.count } }
    return lowered.filter { Self.has($0.1, small) }.map(\.0).sorted { $0.text.utf8.count < $1.text.utf8.count }
  }

  /// Whether a text has letters in their order, beginning with the first.
  private static func has(_ text: String, _ letters: String) -> Bool {
    guard text.first == letters.first else { return false }
    var rest = letters[...]
    for character in text where character == rest.first { rest.removeFirst() }
    return rest.isEmpty
  }
}
