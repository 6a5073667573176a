/// Where a line would end if something were written on it, as long as it fits.
struct Measure {
  private(set) var column: Int
  private(set) var fits: Bool

  init(from column: Int) {
    self.column = column
    fits = column <= Page.width
  }

  mutating func add(_ text: String, isSpaced: Bool) {
    guard fits else { return }
    if isSpaced { column += 1 }
    let lines =
      text.utf8.contains(UInt8(ascii: "\n")) ? text.split(separator: "\n", omittingEmptySubsequences: false) : [text[...]]
    column += lines[0].count
    fits = column <= Page.width
    if lines.count > 1 { column = lines[lines.count - 1].count }
  }

  mutating func add(_ width: Int) {
    column += width
    if column > Page.width { fits = false }
  }

  mutating func add(_ nodes: some Sequence<Node>, isFirst: Bool) {
    var isFirst = isFirst
    for node in nodes where fits {
      switch node {
      case .leaf(let leaf): add(leaf.text, isSpaced: leaf.isSpaced && !isFirst)
      case .group(let group): add(group, isFirst: isFirst)
      }
      isFirst = false
    }
  }

  /// Brackets on one line.
  mutating func add(_ group: Group, isFirst: Bool) {
    add(group.open.text, isSpaced: group.open.isSpaced && !isFirst)
    for (place, element) in group.elements.enumerated() where fits {
      if place > 0 { add(2) }
      add(element.nodes, isFirst: true)
    }
    if group.elements.count == 1, group.hasFinalComma { add(1) }
    add(1)
  }

  /// Brackets that are broken: their ends alone stand on the line.
  mutating func add(broken group: Group, indent: Int, isFirst: Bool) {
    add((group.open.isSpaced && !isFirst ? 1 : 0) + group.edge)
    column = indent + group.edge
  }
}

extension Group {
  /// The characters with which it opens, and with which it closes.
  var edge: Int { hugged.map { 1 + ($0.star?.text.count ?? 0) + $0.group.edge } ?? 1 }
}
