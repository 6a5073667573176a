/// A value as a text names it, read from its tokens alone: `net.dense1`, `x[0]`, `"abc"`, `f(x).T`.
public struct Reference: Equatable, Sendable {
  /// What it begins with.
  public enum Base: Equatable, Sendable {
    case name(String)
    /// A value that is spelled out, by its type's name.
    case literal(type: String)
    case unknown
  }

  /// What leads on from there.
  public enum Link: Equatable, Sendable {
    case attribute(String)
    case call
    /// The item in square brackets; its key, where that is a text.
    case item(key: String?)
    /// A stretch, which is of the same type.
    case slice
  }

  public var base: Base
  public var links: [Link]

  public init(_ base: Base, _ links: [Link] = []) {
    self.base = base
    self.links = links
  }

  /// The value of a dotted name.
  public init(dotted name: String) {
    let parts = name.split(separator: ".").map(String.init)
    self.init(parts.first.map(Base.name) ?? .unknown, parts.dropFirst().map(Link.attribute))
  }

  /// The names, where it is a dotted name and nothing else.
  public var names: [String]? {
    guard case .name(let first) = base else { return nil }
    var names = [first]
    for link in links {
      guard case .attribute(let name) = link else { return nil }
      names.append(name)
    }
    return names
  }

  /// The same, and what follows it.
  public func followed(by link: Link) -> Reference { Reference(base, links + [link]) }
}

extension Reference {
  /// Reads backwards what stands at the end of some tokens, and takes it away; nil where no value ends there.
  init?(endOf tokens: inout ArraySlice<Token>) {
    var links: [Link] = []
    while true {
      guard let last = tokens.popLast() else { return nil }
      switch last.kind {
      case .name(let name):
        guard tokens.last?.kind == .symbol(.dot) else {
          self.init(.name(name), links.reversed())
          return
        }
        tokens.removeLast()
        links.append(.attribute(name))
      case .string, .formatted:
        self.init(.literal(type: "str"), links.reversed())
        return
      case .int:
        self.init(.literal(type: "int"), links.reversed())
        return
      case .float:
        self.init(.literal(type: "float"), links.reversed())
        return
      case .symbol(.braceClose):
        guard let inner = Self.takeBracket(from: &tokens) else { return nil }
        let isDictionary = inner.isEmpty || inner.contains { $0.kind == .symbol(.colon) }
        self.init(isDictionary ? .literal(type: "dict") : .unknown, links.reversed())
        return
      case .symbol(.bracketClose):
        guard let inner = Self.takeBracket(from: &tokens) else { return nil }
        guard tokens.last?.endsValue == true else {
          self.init(.literal(type: "list"), links.reversed())
          return
        }
        links.append(Self.item(inner))
      case .symbol(.parenClose):
        guard let inner = Self.takeBracket(from: &tokens) else { return nil }
        guard tokens.last?.endsValue == true else {
          let isTuple = inner.isEmpty || inner.contains { $0.kind == .symbol(.comma) }
          self.init(isTuple ? .literal(type: "tuple") : .unknown, links.reversed())
          return
        }
        links.append(.call)
      default: return nil
      }
    }
  }

  /// Takes away what is in a bracket whose end has been taken, and its beginning; nil where that is missing.
  private static func takeBracket(from tokens: inout ArraySlice<Token>) -> ArraySlice<Token>? {
    var depth = 1
    for place in tokens.indices.reversed() {
      switch tokens[place].kind {
      case .symbol(.parenClose), .symbol(.bracketClose), .symbol(.braceClose): depth += 1
      case .symbol(.parenOpen), .symbol(.bracketOpen), .symbol(.braceOpen): depth -= 1
      default: break
      }
      if depth == 0 {
        let inner = tokens[(place + 1)...]
        tokens = tokens[..<place]
        return inner
      }
    }
    return nil
  }

  private static func item(_ inner: ArraySlice<Token>) -> Link {
    if inner.count == 1, case .string(let key)? = inner.first?.kind { return .item(key: key) }
    return inner.contains { $0.kind == .symbol(.colon) } ? .slice : .item(key: nil)
  }
}

extension Token {
  /// Whether a bracket behind it calls or indexes it.
  fileprivate var endsValue: Bool {
    switch kind {
    case .name, .string, .formatted, .symbol(.parenClose), .symbol(.bracketClose), .symbol(.braceClose): true
    default: false
    }
  }
}
