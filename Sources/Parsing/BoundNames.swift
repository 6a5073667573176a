/// The names that a text binds, read from its tokens alone so that a half-written text serves as well.
struct BoundNames {
  private(set) var names: [String] = []
  /// What a name was last bound to, where that is a value as `Reference` reads it.
  private(set) var origins: [String: Reference] = [:]
  private var seen: Set<String> = []

  init(_ tokens: [Token]) {
    var statement = 0
    var loop: Int?
    var depth = 0
    for place in tokens.indices {
      switch tokens[place].kind {
      case .symbol(.parenOpen), .symbol(.bracketOpen), .symbol(.braceOpen): depth += 1
      case .symbol(.parenClose), .symbol(.bracketClose), .symbol(.braceClose): depth = max(0, depth - 1)
      case .newline, .indent, .dedent, .symbol(.semicolon): statement = place + 1
      case .symbol(.assign) where depth == 0:
        addTargets(tokens[statement..<place])
        if place - statement == 1, case .name(let name) = tokens[statement].kind {
          origins[name] = Self.value(tokens[(place + 1)...])
        }
        statement = place + 1
      case .keyword(.for): loop = place + 1
      case .keyword(.in):
        if let start = loop { addTargets(tokens[start..<place]) }
        loop = nil
      case .keyword(.def), .keyword(.lambda), .keyword(.as), .keyword(.import): addNames(behind: place, in: tokens)
      default: break
      }
    }
  }

  /// The value that begins some tokens and ends their statement.
  private static func value(_ tokens: ArraySlice<Token>) -> Reference? {
    var depth = 0
    let end =
      tokens.firstIndex {
        switch $0.kind {
        case .symbol(.parenOpen), .symbol(.bracketOpen), .symbol(.braceOpen): depth += 1
        case .symbol(.parenClose), .symbol(.bracketClose), .symbol(.braceClose): depth -= 1
        default: break
        }
        return $0.kind == .newline || $0.kind == .symbol(.semicolon) || depth == 0 && $0.kind == .symbol(.assign)
      } ?? tokens.endIndex
    // In a chain of targets the value stands further on.
    guard end == tokens.endIndex || tokens[end].kind != .symbol(.assign) else { return nil }
    var rest = tokens[..<end]
    let value = Reference(endOf: &rest)
    return rest.isEmpty ? value : nil
  }

  /// Names that are set themselves, and not an attribute or item of theirs.
  private mutating func addTargets(_ tokens: ArraySlice<Token>) {
    for place in tokens.indices {
      guard case .name(let name) = tokens[place].kind else { continue }
      let next = place + 1 < tokens.endIndex ? tokens[place + 1].kind : nil
      let before = place > tokens.startIndex ? tokens[place - 1].kind : nil
      switch next {
      case .symbol(.comma), .symbol(.parenClose), .symbol(.assign), .symbol(.colon), nil:
        if before != .symbol(.dot) { add(name) }
      default: break
      }
    }
  }

  /// The function of a `def` and its parameters, those of a lambda, the names of an import.
  private mutating func addNames(behind place: Int, in tokens: [Token]) {
    let isDefinition = tokens[place].kind == .keyword(.def)
    var depth = 0
    // A default's value binds nothing.
    var expectsName = true
    for next in tokens.indices[(place + 1)...] {
      switch tokens[next].kind {
      case .name(let name):
        let isRenamed = next + 1 < tokens.count && tokens[next + 1].kind == .keyword(.as)
        if expectsName, !isRenamed { add(name) }
        expectsName = false
      case .symbol(.parenOpen), .symbol(.bracketOpen), .symbol(.braceOpen):
        depth += 1
        expectsName = isDefinition && depth == 1
      case .symbol(.parenClose), .symbol(.bracketClose), .symbol(.braceClose):
        depth -= 1
        if depth <= 0 { return }
      case .symbol(.comma): expectsName = depth == (isDefinition ? 1 : 0)
      case .symbol(.star), .symbol(.doubleStar): break
      case .keyword(.none), .keyword(.true), .keyword(.false): expectsName = false
      case .symbol(.colon) where depth == 0, .newline, .keyword: return
      default: expectsName = false
      }
    }
  }

  private mutating func add(_ name: String) {
    if seen.insert(name).inserted { names.append(name) }
  }
}
