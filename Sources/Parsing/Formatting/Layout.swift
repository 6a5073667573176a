import Diagnostics

/// Writes statements, on several lines where one is too long.
///
/// A line is broken at the outermost brackets that make it fit, the longest first; an expression with several operators alike
/// is broken before each of them, within brackets that are put around it where there are none.
struct Layout {
  let source: Source
  var page = Page()
  /// The brackets around what is written.
  var depth = 0

  init(_ source: Source) { self.source = source }

  static let step = 4

  /// - Parameters:
  ///   - indent: the column that a closing bracket comes to.
  ///   - tail: the characters that follow on the last line.
  mutating func write(_ run: Run, indent: Int, tail: Int) {
    var run = run
    // There is an end to how deep brackets may be.
    if run.splitting == .bracketed, depth + 1 + (run.nodes[run.region].map(\.depth).max() ?? 0) > Lexer.deepestBrackets {
      run.splitting = .none
    }
    let must = run.groups.filter { run.group(at: $0)?.mustBreak == true }
    if run.hasInnerComments { return writeCommented(run, must, indent, tail) }
    // The commas that were written must not decide, or the ones that are put here would decide otherwise the next time.
    if fits(run, breaking: [], indent, tail) { return emit(run, breaking: must, indent) }
    let splits = run.splits
    if run.splitting != .none, run.hasSeparators || run.isBracketed || splits.count > 1 {
      return split(run, splits, must, indent, tail)
    }
    let isIndex = { (place: Int) in run.group(at: place).map { $0.kind == .index && $0.elements.count == 1 } ?? false }
    let mayStay = { (breaking: [Int]) in
      let inside = breaking.filter(run.region.contains)
      return splits.isEmpty || inside.count <= 1 && !inside.contains(where: isIndex)
    }
    let byLength = run.groups.sorted { (run.nodes[$0].width, $0) > (run.nodes[$1].width, $1) }
    let choices = must.isEmpty ? byLength.filter { !isIndex($0) }.map { [$0] } : [must]
    if let best = choices.first(where: { mayStay($0) && fits(run, breaking: $0, indent, tail) }) {
      return emit(run, breaking: best, indent)
    }
    if run.splitting != .none, !splits.isEmpty || run.splitting == .bracketed && fitsBracketed(run, indent) {
      return split(run, splits, must, indent, tail)
    }
    let last = must.isEmpty ? byLength.first { isIndex($0) && fits(run, breaking: [$0], indent, tail) } : nil
    emit(run, breaking: last.map { [$0] } ?? greedy(run, must, indent, tail), indent)
  }

  // MARK: Choosing

  private func fits(_ run: Run, breaking: [Int], _ indent: Int, _ tail: Int) -> Bool {
    var measure = Measure(from: page.column)
    for (place, node) in run.nodes.enumerated() where measure.fits {
      if case .group(let group) = node, breaking.contains(place) {
        measure.add(broken: group, indent: indent, isFirst: place == 0)
      } else {
        measure.add(CollectionOfOne(node), isFirst: place == 0)
      }
    }
    measure.add(tail)
    return measure.fits
  }

  /// Whether brackets around the region, which then has lines of its own, would be enough.
  private func fitsBracketed(_ run: Run, _ indent: Int) -> Bool {
    guard run.region.lowerBound > 0, run.region.count > 1 || run.group(at: run.region.lowerBound)?.kind != .paren else {
      return false
    }
    var head = Measure(from: page.column)
    head.add(run.nodes[..<run.region.lowerBound], isFirst: true)
    head.add(run.nodes[run.region.lowerBound].isSpaced ? 2 : 1)
    var value = Measure(from: indent + Self.step)
    value.add(run.nodes[run.region], isFirst: true)
    return head.fits && value.fits
  }

  /// From left to right, what does not fit up to the next brackets is broken.
  private func greedy(_ run: Run, _ must: [Int], _ indent: Int, _ tail: Int) -> [Int] {
    var breaking: [Int] = []
    var column = page.column
    let groups = run.groups
    for (place, node) in run.nodes.enumerated() {
      var measure = Measure(from: column)
      if case .group(let group) = node, groups.contains(place) {
        let end = groups.first { $0 > place } ?? run.nodes.count
        var flat = measure
        flat.add(run.nodes[place..<end], isFirst: place == 0)
        flat.add(end < run.nodes.count ? run.nodes[end].isSpaced ? 2 : 1 : tail)
        if must.contains(place) || !flat.fits {
          breaking.append(place)
          measure.add(broken: group, indent: indent, isFirst: place == 0)
          column = measure.column
          continue
        }
      }
      measure.add(CollectionOfOne(node), isFirst: place == 0)
      column = measure.column
    }
    return breaking
  }

  // MARK: Writing

  /// Writes a run with some of its brackets broken, and the others on one line.
  private mutating func emit(_ run: Run, breaking: [Int], _ indent: Int) {
    for (place, node) in run.nodes.enumerated() {
      if case .group(let group) = node, breaking.contains(place) {
        if group.open.isSpaced, place > 0 { page.write(" ") }
        writeBroken(group, indent)
      } else {
        writeFlat(node, isFirst: place == 0)
      }
    }
  }

  mutating func writeFlat(_ node: Node, isFirst: Bool) {
    switch node {
    case .leaf(let leaf): page.write(leaf, isFirst: isFirst)
    case .group(let group):
      page.write(group.open, isFirst: isFirst)
      for (place, element) in group.elements.enumerated() {
        if place > 0 { page.write(", ") }
        for (place, node) in element.nodes.enumerated() { writeFlat(node, isFirst: place == 0) }
      }
      if group.elements.count == 1, group.hasFinalComma { page.write(",") }
      page.write(group.close.text)
    }
  }

  private mutating func split(_ run: Run, _ splits: [Int], _ must: [Int], _ indent: Int, _ tail: Int) {
    if run.splitting == .bracketed {
      let bracketed = run.isBracketed ? run : run.bracketed()
      let before = must.filter { $0 < bracketed.region.lowerBound }
      return emit(bracketed, breaking: greedy(bracketed, before + [bracketed.region.lowerBound], indent, tail), indent)
    }
    let bounds = [0] + splits + [run.nodes.count]
    for (start, end) in zip(bounds, bounds.dropFirst()) {
      var part = Array(run.nodes[start..<end])
      let comments = end < run.nodes.count ? part[part.count - 1].last.comments : []
      part[part.count - 1].last.comments = end < run.nodes.count ? [] : part[part.count - 1].last.comments
      write(Run(free: part), indent: indent, tail: end < run.nodes.count ? 0 : tail)
      if end < run.nodes.count {
        write(comments, indent)
        page.endLine(indent: indent)
      }
    }
  }

  // MARK: Comments

  /// Writes a run with comments between its leaves, which is in brackets.
  private mutating func writeCommented(_ run: Run, _ must: [Int], _ indent: Int, _ tail: Int) {
    let splits = run.splits
    if run.splitting == .free, !splits.isEmpty { return split(run, splits, must, indent, tail) }
    var isFirst = true
    for (place, node) in run.nodes.enumerated() {
      if case .group(let group) = node, group.mustBreak {
        if group.open.isSpaced, !isFirst { page.write(" ") }
        writeBroken(group, indent)
      } else {
        writeFlat(node, isFirst: isFirst)
      }
      isFirst = false
      guard place + 1 < run.nodes.count, !node.last.comments.isEmpty else { continue }
      write(node.last.comments, indent)
      page.endLine(indent: indent)
      isFirst = true
    }
  }

  /// Writes comments behind what is on the line, or on lines of their own.
  mutating func write(_ comments: [Comment], _ indent: Int) {
    for comment in comments {
      if comment.isOnOwnLine { page.endLine(indent: indent) } else { page.write("  ") }
      page.write(comment.text(in: source))
    }
  }
}
