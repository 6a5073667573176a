import Diagnostics

/// A statement or the head of a block, on the line or lines that it will have for itself.
struct LogicalLine: Sendable {
  var level: Int
  /// Empty lines that stood before it.
  var blankLines: Int
  var leaves: [Leaf]
  /// The comments behind it.
  var comments: [Comment] = []
}

/// What a program consists of from line to line.
enum LineItem: Sendable {
  case line(LogicalLine)
  /// A comment on a line of its own.
  case comment(Comment, level: Int)

  var level: Int {
    switch self {
    case .line(let line): line.level
    case .comment(_, let level): level
    }
  }

  /// Empty lines that stood before it.
  var blankLines: Int {
    switch self {
    case .line(let line): line.blankLines
    case .comment(let comment, _): max(0, comment.lineEnds - 1)
    }
  }
}

/// Cuts a program's tokens into lines: one for each statement, and one for each head of a block.
struct LineCutter {
  private(set) var items: [LineItem] = []
  private let source: Source
  private var leaves: [Leaf] = []
  private var blankLines = 0
  /// The columns of the open blocks as they were written.
  private var columns = [0]
  /// The same when the last line ended.
  private var columnsBefore = [0]
  /// Comments of which the block is not known yet.
  private var pending: [Comment] = []
  /// Whether what is read stands behind a head on its line.
  private var isBehindHead = false
  private var depth = 0
  private var lambdas = 0

  init(_ source: Source, _ tokens: [Token]) {
    self.source = source
    let start = source.utf8.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var end = start
    var lineEnds = 1
    for token in tokens {
      let gap = Gap(source.utf8, end..<max(end, token.range.lowerBound), lineEnds: lineEnds)
      lineEnds = gap.lineEnds
      end = max(end, token.range.upperBound)
      switch token.kind {
      case .newline:
        endLine(gap.comments)
        lineEnds = 1
      case .indent:
        pending += gap.comments
        columns.append(column(of: token))
      case .dedent:
        pending += gap.comments
        columns.removeLast()
      case .end:
        pending += gap.comments
        columns = [0]
        placePending()
      default:
        add(token, gap)
        lineEnds = 0
      }
    }
  }

  private func column(of indent: Token) -> Int {
    // The blanks end where a comment would begin.
    let bytes = Array(source.utf8[indent.range]) + [UInt8(ascii: "#")]
    return Gap(bytes, bytes.indices).comments.first?.column ?? 0
  }

  // MARK: Leaves

  private mutating func add(_ token: Token, _ gap: Gap) {
    var leaf = Leaf(token.kind, source.text(token.range))
    if leaf.isString { leaf.text = Leaf.plainQuotes(leaf.text) }
    if leaves.isEmpty {
      pending += gap.comments
      placePending()
      blankLines = max(0, gap.lineEnds - 1)
    } else {
      leaves[leaves.count - 1].comments += gap.comments
      leaf.hasBlankLineBefore = gap.lineEnds > 1
    }
    if leaf.isSymbol(.semicolon), depth == 0 { return finish() }
    leaves.append(leaf)
    follow(leaf)
  }

  /// Keeps count of brackets and lambdas, and notices the end of a head.
  private mutating func follow(_ leaf: Leaf) {
    switch leaf.kind {
    case .symbol(.parenOpen), .symbol(.bracketOpen), .symbol(.braceOpen): depth += 1
    case .symbol(.parenClose), .symbol(.bracketClose), .symbol(.braceClose): depth -= 1
    case .keyword(.lambda) where depth == 0: lambdas += 1
    case .symbol(.colon) where depth == 0 && lambdas > 0: lambdas -= 1
    case .symbol(.colon) where depth == 0:
      finish()
      isBehindHead = true
    default: break
    }
  }

  // MARK: Lines

  private var level: Int { columns.count - 1 + (isBehindHead ? 1 : 0) }

  private mutating func finish() {
    guard !leaves.isEmpty else { return }
    items.append(.line(LogicalLine(level: level, blankLines: blankLines, leaves: leaves)))
    leaves = []
    blankLines = 0
    lambdas = 0
  }

  private mutating func endLine(_ comments: [Comment]) {
    finish()
    isBehindHead = false
    columnsBefore = columns
    if case .line(var line)? = items.last {
      line.comments += comments
      items[items.count - 1] = .line(line)
    }
  }

  /// Gives each waiting comment the block that it stands in: behind the last line of a block its column tells.
  private mutating func placePending() {
    let next = level
    var deepest = max(next, columnsBefore.count - 1)
    for comment in pending {
      while deepest > next, columnsBefore[deepest] > comment.column { deepest -= 1 }
      items.append(.comment(comment, level: deepest))
    }
    pending = []
    columnsBefore = columns
  }
}
