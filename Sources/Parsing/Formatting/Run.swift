/// Leaves and brackets that stand side by side, and the part of them that brackets may be put around.
struct Run {
  var nodes: [Node]
  /// The value: what stands behind the name or word that it begins with.
  var region: Range<Int>
  var splitting: Splitting

  enum Splitting {
    /// It stands in brackets: a line may end anywhere.
    case free
    /// Brackets must be put around the region first.
    case bracketed
    case none
  }

  init(_ nodes: [Node], _ region: Range<Int>, _ splitting: Splitting) {
    self.nodes = nodes
    self.region = region
    self.splitting = splitting
  }

  /// A part of a run within brackets.
  init(free nodes: [Node]) { self.init(nodes, nodes.indices, .free) }

  /// An element of brackets; a lone one breaks freely, one of several gets brackets, to be told from the others.
  init(_ element: Element, of group: Group) {
    let nodes = element.nodes
    let head = nodes.lastIndex { $0.role == .head }.map { $0 + 1 } ?? 0
    let isLoop = nodes.contains { $0.strength == .loop }
    if isLoop || head == 0 && (group.elements.count == 1 || element.hasInnerComments) {
      self.init(free: nodes)
    } else if nodes.contains(where: { $0.role == .slice }) {
      self.init(nodes, nodes.count..<nodes.count, .none)
    } else {
      self.init(nodes, head..<nodes.count, .bracketed)
    }
  }

  /// Where the region may break: before each of the weakest operators in it.
  var splits: [Int] {
    let inside = region.dropFirst()
    guard let weakest = inside.compactMap({ nodes[$0].strength }).min() else { return [] }
    return inside.filter { nodes[$0].strength == weakest }
  }

  var hasSeparators: Bool { nodes[region].contains { $0.role == .separator } }

  /// Whether brackets stand around the region already.
  var isBracketed: Bool {
    guard splitting == .bracketed, region.count == 1, let group = group(at: region.lowerBound) else { return false }
    return (group.kind == .paren || group.kind == .names) && !group.elements.isEmpty
  }

  var hasInnerComments: Bool { nodes.dropLast().contains { !$0.last.comments.isEmpty } }

  /// The brackets in it that can be broken.
  var groups: [Int] {
    nodes.indices.filter { if case .group(let group) = nodes[$0] { !group.elements.isEmpty || group.mustBreak } else { false } }
  }

  func group(at place: Int) -> Group? {
    if case .group(let group) = nodes[place] { group } else { nil }
  }

  /// The run with brackets around its region.
  func bracketed() -> Run {
    var elements = [Element([])]
    var hasFinalComma = false
    for node in nodes[region] {
      hasFinalComma = node.role == .separator
      if hasFinalComma { elements.append(Element([])) } else { elements[elements.count - 1].nodes.append(node) }
    }
    if hasFinalComma { elements.removeLast() }
    elements[0].nodes[0].isSpaced = false
    var open = Leaf(.parenOpen)
    open.isSpaced = nodes[region.lowerBound].first.isSpaced
    let kind: Group.Kind =
      splitting == .bracketed && nodes[..<region.lowerBound].last?.first.isKeyword(.import) == true ? .names : .paren
    let group = Group(kind, open: open, close: Leaf(.parenClose), elements: elements, hasFinalComma: hasFinalComma)
    var run = self
    run.nodes.replaceSubrange(region, with: [.group(group)])
    run.region = region.lowerBound..<region.lowerBound + 1
    return run
  }
}

extension Node {
  var role: Leaf.Role? { if case .leaf(let leaf) = self { leaf.role } else { nil } }
  var strength: Leaf.Strength? { if case .leaf(let leaf) = self { leaf.strength } else { nil } }

  func isKeyword(_ keyword: Keyword) -> Bool { if case .leaf(let leaf) = self { leaf.isKeyword(keyword) } else { false } }
}

extension Run {
  /// A statement, or the head of a block, without the brackets that it does not need.
  init(statement nodes: [Node]) {
    let region = Self.region(of: nodes)
    self.init(nodes, region, region.isEmpty ? .none : .bracketed)
    while self.region.count == 1, let group = group(at: self.region.lowerBound), let inner = Self.withoutBrackets(group) {
      self.nodes.replaceSubrange(self.region, with: inner)
      self.region = self.region.lowerBound..<self.region.lowerBound + inner.count
    }
  }

  private static func withoutBrackets(_ group: Group) -> [Node]? {
    var inner: [Node]
    if group.isPlain {
      inner = group.elements[0].nodes
    } else if group.kind == .names, !group.mustBreak, !group.elements.isEmpty {
      var comma = Leaf(.comma)
      comma.role = .separator
      inner = Array(group.elements.map(\.nodes).joined(separator: [.leaf(comma)]))
    } else {
      return nil
    }
    inner[0].isSpaced = group.open.isSpaced
    return inner
  }

  private static func region(of nodes: [Node]) -> Range<Int> {
    let end = nodes.count
    guard case .leaf(let first) = nodes[0], case .keyword(let keyword) = first.kind else { return value(of: nodes) }
    switch keyword {
    case .if, .elif, .while: return 1..<end - 1
    case .for: return (nodes.firstIndex { $0.isKeyword(.in) } ?? end - 2) + 1..<end - 1
    case .return, .del: return 1..<end
    case .assert: return (nodes.firstIndex { $0.role == .separator } ?? 0) + 1..<end
    case .raise: return nodes.contains { $0.isKeyword(.from) } ? end..<end : 1..<end
    case .from: return (nodes.firstIndex { $0.isKeyword(.import) } ?? end - 1) + 1..<end
    case .none, .true, .false, .lambda, .not: return value(of: nodes)
    default: return end..<end
    }
  }

  /// What is assigned, or the whole of an expression.
  private static func value(of nodes: [Node]) -> Range<Int> {
    if case .leaf(let first) = nodes[0], first.isSymbol(.at) { return nodes.count..<nodes.count }
    let head = nodes.lastIndex { node in
      guard case .leaf(let leaf) = node, leaf.role == .head, case .symbol(let symbol) = leaf.kind else { return false }
      return symbol == .assign || symbol.augmented != nil
    }
    return (head.map { $0 + 1 } ?? 0)..<nodes.count
  }
}

extension Node {
  var isSpaced: Bool {
    get { first.isSpaced }
    set {
      switch self {
      case .leaf(var leaf):
        leaf.isSpaced = newValue
        self = .leaf(leaf)
      case .group(let group):
        var open = group.open
        open.isSpaced = newValue
        self = .group(
          Group(
            group.kind, open: open, close: group.close, elements: group.elements, hasFinalComma: group.hasFinalComma,
            closing: group.closing))
      }
    }
  }
}
