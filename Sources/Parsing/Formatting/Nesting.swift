/// A leaf, or a pair of brackets with what is in it.
enum Node: Sendable {
  case leaf(Leaf)
  case group(Group)

  var first: Leaf {
    switch self {
    case .leaf(let leaf): leaf
    case .group(let group): group.open
    }
  }

  var last: Leaf {
    get {
      switch self {
      case .leaf(let leaf): leaf
      case .group(let group): group.close
      }
    }
    set {
      switch self {
      case .leaf: self = .leaf(newValue)
      case .group(var group):
        group.close = newValue
        self = .group(group)
      }
    }
  }

  var depth: Int { if case .group(let group) = self { group.depth } else { 0 } }

  /// Its characters on one line, with the space before it.
  var width: Int {
    switch self {
    case .leaf(let leaf): leaf.text.count + (leaf.isSpaced ? 1 : 0)
    case .group(let group): group.width
    }
  }
}

/// One of the parts of brackets that commas separate.
struct Element: Sendable {
  var nodes: [Node]
  /// Comments on lines of their own before it, and whether an empty line parts it from what is before.
  var leading: [Comment] = []
  var hasBlankLineBefore = false
  /// The comments behind it and its comma.
  var trailing: [Comment] = []

  init(_ nodes: [Node]) { self.nodes = nodes }

  var hasInnerComments: Bool { nodes.dropLast().contains { !$0.last.comments.isEmpty } }
}

/// A pair of brackets and what stands between.
struct Group: Sendable {
  enum Kind: Sendable {
    /// The arguments of a call or a definition.
    case call
    case index
    case list
    case dict
    /// Brackets around a value or a tuple.
    case paren
    /// The names of an import.
    case names
  }

  let kind: Kind
  var open: Leaf
  var close: Leaf
  var elements: [Element]
  var hasFinalComma: Bool
  /// Comments before the closing bracket, on lines of their own.
  var closing: [Comment] = []
  let width: Int
  /// The brackets within one another, itself counted.
  let depth: Int
  /// Whether the writer's last comma, or a comment, keeps it from standing on one line.
  let mustBreak: Bool

  init(_ kind: Kind, open: Leaf, close: Leaf, elements: [Element], hasFinalComma: Bool, closing: [Comment] = []) {
    self.kind = kind
    self.open = open
    self.close = close
    self.elements = elements
    self.hasFinalComma = hasFinalComma
    self.closing = closing
    let inner = elements.reduce(0) { $0 + $1.nodes.reduce(0) { $0 + $1.width } } + 2 * max(0, elements.count - 1)
    width = inner + 2 + (open.isSpaced ? 1 : 0)
    depth = 1 + (elements.flatMap(\.nodes).map(\.depth).max() ?? 0)
    let isNeeded = elements.count == 1 && (kind == .index || kind == .paren)
    mustBreak =
      hasFinalComma && !isNeeded || !open.comments.isEmpty || !closing.isEmpty
      || elements.contains { element in
        !element.leading.isEmpty || !element.trailing.isEmpty || element.hasInnerComments
          || element.nodes.contains { if case .group(let group) = $0 { group.mustBreak } else { false } }
      }
  }

  /// Whether it is brackets around one value, which could go without.
  var isPlain: Bool {
    kind == .paren && elements.count == 1 && !hasFinalComma && open.comments.isEmpty && closing.isEmpty
      && elements[0].leading.isEmpty && elements[0].trailing.isEmpty && !elements[0].hasInnerComments
  }

  /// The brackets within brackets that hold nothing else: `(x)` of `((x))`.
  fileprivate var innermost: Group {
    guard isPlain, elements[0].nodes.count == 1, case .group(let inner) = elements[0].nodes[0], inner.kind == .paren else {
      return self
    }
    var open = inner.open
    open.isSpaced = self.open.isSpaced
    return Group(
      .paren, open: open, close: close, elements: inner.elements, hasFinalComma: inner.hasFinalComma, closing: inner.closing)
  }

  /// The brackets within a call's brackets, where they are its only argument: the two open and close together.
  var hugged: (star: Leaf?, group: Group)? {
    guard kind == .call, elements.count == 1, !hasFinalComma, open.comments.isEmpty, closing.isEmpty else { return nil }
    let element = elements[0]
    guard element.leading.isEmpty, element.trailing.isEmpty, !element.hasInnerComments else { return nil }
    guard case .group(let inner)? = element.nodes.last, !inner.elements.isEmpty else { return nil }
    guard inner.kind == .list || inner.kind == .dict || inner.kind == .paren && !inner.isPlain else { return nil }
    if element.nodes.count == 1 { return (nil, inner) }
    guard element.nodes.count == 2, case .leaf(let star) = element.nodes[0], star.role == .head else { return nil }
    return (star, inner)
  }
}

/// Reads the brackets of a line's leaves.
struct Nesting {
  private let leaves: [Leaf]
  private var place = 0

  static func nodes(_ leaves: [Leaf]) -> [Node] {
    var nesting = Nesting(leaves: leaves)
    var nodes: [Node] = []
    while nesting.place < leaves.count { nodes.append(nesting.node()) }
    return nodes
  }

  private init(leaves: [Leaf]) { self.leaves = leaves }

  private mutating func node() -> Node {
    let leaf = leaves[place]
    switch leaf.kind {
    case .symbol(.parenOpen), .symbol(.bracketOpen), .symbol(.braceOpen): return .group(group())
    default:
      place += 1
      return .leaf(leaf)
    }
  }

  private mutating func group() -> Group {
    let kind = kindOfGroup
    var open = leaves[place]
    place += 1
    var waiting = open.comments.filter(\.isOnOwnLine)
    open.comments.removeAll(where: \.isOnOwnLine)
    var elements: [Element] = []
    var hasFinalComma = false
    while place < leaves.count, !isClosing(leaves[place]) {
      var element = Element([])
      element.leading = waiting
      element.hasBlankLineBefore = leaves[place].hasBlankLineBefore
      waiting = []
      while place < leaves.count, !isClosing(leaves[place]), leaves[place].role != .separator { element.nodes.append(node()) }
      hasFinalComma = place < leaves.count && leaves[place].role == .separator
      waiting = takeComments(&element)
      if hasFinalComma {
        element.trailing += leaves[place].comments.filter { !$0.isOnOwnLine }
        waiting += leaves[place].comments.filter(\.isOnOwnLine)
        place += 1
      }
      elements.append(element)
    }
    let close = place < leaves.count ? leaves[place] : Leaf(.parenClose)
    place += 1
    let group = Group(kind, open: open, close: close, elements: elements, hasFinalComma: hasFinalComma, closing: waiting)
    return group.innermost
  }

  /// Takes the comments behind an element's last leaf: those of its line are the element's, the others go to what comes next.
  private func takeComments(_ element: inout Element) -> [Comment] {
    guard let last = element.nodes.indices.last else { return [] }
    let comments = element.nodes[last].last.comments
    element.nodes[last].last.comments = []
    element.trailing = comments.filter { !$0.isOnOwnLine }
    return comments.filter(\.isOnOwnLine)
  }

  private func isClosing(_ leaf: Leaf) -> Bool {
    leaf.isSymbol(.parenClose) || leaf.isSymbol(.bracketClose) || leaf.isSymbol(.braceClose)
  }

  private var kindOfGroup: Group.Kind {
    let isPostfix = place > 0 && leaves[place - 1].endsValue
    switch leaves[place].kind {
    case .symbol(.braceOpen): return .dict
    case .symbol(.bracketOpen): return isPostfix ? .index : .list
    default: return isPostfix ? .call : place > 0 && leaves[place - 1].isKeyword(.import) ? .names : .paren
    }
  }
}
