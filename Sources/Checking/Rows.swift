import Diagnostics
import Parsing

/// Nested lists that are written out, whose rows should be alike.
enum Rows {
  /// The first row that differs from those before it; nil where all are alike, or where names stand among the numbers.
  static func ragged(_ list: Expression) -> (span: Span, message: String, help: String)? {
    var sizes: [Int] = []
    var leafDepth: Int?
    var found: (span: Span, message: String, help: String)?
    func read(_ expression: Expression, _ depth: Int) -> Bool {
      switch expression.kind {
      case .list(let parts), .tuple(let parts):
        if let leafDepth, depth >= leafDepth { return note(expression, RaggedRow.listAmongNumbers) }
        if depth == sizes.count {
          sizes.append(parts.count)
        } else if sizes[depth] != parts.count {
          return note(expression, RaggedRow.length(parts.count, expected: sizes[depth]))
        }
        return parts.allSatisfy { read($0, depth + 1) }
      case .int, .float, .bool:
        if leafDepth == nil, depth == sizes.count { leafDepth = depth }
        return depth == leafDepth || note(expression, RaggedRow.numberAmongLists)
      case .unary(_, let operand): return read(operand, depth)
      default: return false
      }
    }
    func note(_ expression: Expression, _ words: String) -> Bool {
      found = (expression.span, "this row \(words)", RaggedRow.help)
      return false
    }
    _ = read(list, 0)
    return found
  }
}

/// The words for a row that differs from those before it.
public enum RaggedRow {
  public static func length(_ count: Int, expected: Int) -> String {
    "has \(count) \(count == 1 ? "item" : "items") where those before have \(expected)"
  }

  public static let listAmongNumbers = "is a list where those before are numbers"
  public static let numberAmongLists = "is a number where those before are lists"
  public static let help = "give every row of a tensor the same number of items"
}
