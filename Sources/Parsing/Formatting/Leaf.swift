/// A token as it will be written, with the comments that follow it.
struct Leaf: Sendable {
  let kind: Token.Kind
  var text: String
  /// Comments between it and the next leaf of its statement.
  var comments: [Comment] = []
  var hasBlankLineBefore = false
  var isSpaced = false
  var role = Role.plain
  /// Whether a line may break before it, and how willingly.
  var strength: Strength?

  init(_ kind: Token.Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }

  init(_ symbol: Symbol) { self.init(.symbol(symbol), symbol.rawValue) }

  enum Role: Sendable {
    case plain
    /// A comma between elements; those between a lambda's arguments are plain.
    case separator
    /// A value stands behind it: the `=` of an assignment or argument, the `:` of a pair, the `*` before values.
    case head
    /// The `:` of a slice.
    case slice
  }

  /// How strongly an operator binds its operands; a line breaks at the weakest first.
  enum Strength: Int, Comparable, Sendable {
    case loop
    case condition
    case or
    case and
    case comparison
    case bitOr
    case bitAnd
    case sum
    case product
    case power
    /// Strings side by side.
    case joined

    static func < (a: Strength, b: Strength) -> Bool { a.rawValue < b.rawValue }
  }

  func isSymbol(_ symbol: Symbol) -> Bool { kind == .symbol(symbol) }
  func isKeyword(_ keyword: Keyword) -> Bool { kind == .keyword(keyword) }

  var isString: Bool {
    switch kind {
    case .string, .formatted: true
    default: false
    }
  }

  var isNumber: Bool {
    switch kind {
    case .int, .float: true
    default: false
    }
  }

  /// Whether a value may end with it, so that a bracket behind it calls or picks, and an operator has two operands.
  var endsValue: Bool {
    switch kind {
    case .name, .int, .float, .string, .formatted: true
    case .keyword(let keyword): [.none, .true, .false].contains(keyword)
    case .symbol(let symbol): [.parenClose, .bracketClose, .braceClose, .ellipsis].contains(symbol)
    default: false
    }
  }
}

extension Leaf {
  /// A string in double quotes, if it can have them without an escape; what it says is never touched.
  static func plainQuotes(_ text: String) -> String {
    let prefix = text.prefix { $0.isLetter }
    let quoted = text.dropFirst(prefix.count)
    guard quoted.hasPrefix("'"), !quoted.hasPrefix("'''"), quoted.hasSuffix("'"), quoted.utf8.count >= 2 else { return text }
    let body = quoted.dropFirst().dropLast()
    return body.contains { $0 == "\"" || $0 == "\\" } ? text : prefix + "\"" + body + "\""
  }
}
