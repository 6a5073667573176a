extension Layout {
  /// Writes brackets with one element a line, from the opening one on.
  mutating func writeBroken(_ group: Group, _ indent: Int) {
    depth += 1
    defer { depth -= 1 }
    page.write(group.open.text)
    if let (star, inner) = group.hugged {
      if let star { page.write(star.text) }
      writeBroken(inner, indent)
      return page.write(group.close.text)
    }
    write(group.open.comments, indent)
    let inside = indent + Self.step
    if isNumbersAlone(group, inside) {
      fill(group, inside)
    } else {
      for (place, element) in group.elements.enumerated() {
        write(element, of: group, place, inside)
      }
    }
    for (place, comment) in group.closing.enumerated() {
      if comment.lineEnds > 1, place > 0 || !group.elements.isEmpty { page.skipLine() }
      page.endLine(indent: inside)
      page.write(comment.text(in: source))
    }
    page.endLine(indent: indent)
    page.write(group.close.text)
  }

  private mutating func write(_ element: Element, of group: Group, _ place: Int, _ indent: Int) {
    for (number, comment) in element.leading.enumerated() {
      if comment.lineEnds > 1, place > 0 || number > 0 { page.skipLine() }
      page.endLine(indent: indent)
      page.write(comment.text(in: source))
    }
    if element.hasBlankLineBefore, place > 0 || !element.leading.isEmpty { page.skipLine() }
    page.endLine(indent: indent)
    let hasComma = place + 1 < group.elements.count || group.takesFinalComma
    write(Run(element, of: group), indent: indent, tail: hasComma ? 1 : 0)
    if hasComma { page.write(",") }
    write(element.trailing, indent)
  }

  // MARK: Numbers

  /// Whether it is a list of numbers that one line does not hold: they are set like words.
  private func isNumbersAlone(_ group: Group, _ indent: Int) -> Bool {
    guard group.kind == .list || group.kind == .paren, group.takesFinalComma, group.closing.isEmpty else { return false }
    guard group.width - 2 > Page.width - indent else { return false }
    return group.elements.allSatisfy { element in
      element.nodes.count <= 2 && element.nodes.last?.first.isNumber == true && element.leading.isEmpty
        && element.trailing.isEmpty && !element.hasBlankLineBefore && !element.hasInnerComments
    }
  }

  private mutating func fill(_ group: Group, _ indent: Int) {
    page.endLine(indent: indent)
    for (place, element) in group.elements.enumerated() {
      let width = element.nodes.reduce(0) { $0 + $1.width } + 1
      if place > 0 {
        if page.column + 1 + width > Page.width { page.endLine(indent: indent) } else { page.write(" ") }
      }
      for (place, node) in element.nodes.enumerated() { writeFlat(node, isFirst: place == 0) }
      page.write(",")
    }
  }
}

extension Group {
  /// Whether a comma stands behind the last element where each has a line.
  var takesFinalComma: Bool { hasFinalComma || elements.count > 1 }
}
