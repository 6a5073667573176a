import Diagnostics

/// The smallest piece of a program.
struct Token: Sendable {
  var kind: Kind
  var range: Range<Int>

  enum Kind: Equatable, Sendable {
    case name(String)
    case keyword(Keyword)
    case int(Int)
    case float(Double)
    case string(String)
    /// The parts of an f-string; the expressions between braces are still text.
    case formatted([FormattedPiece])
    case symbol(Symbol)
    case newline
    case indent
    case dedent
    case end
    /// What the lexer has already complained about.
    case broken
  }
}

/// A part of an f-string before its expressions are read.
enum FormattedPiece: Equatable, Sendable {
  case text(String)
  case value(Range<Int>, conversion: Expression.Conversion?, spec: [FormattedPiece])
}

enum Keyword: String, CaseIterable, Sendable {
  case and, `as`, assert, async, await, `break`, `class`, `continue`, def, del, elif, `else`, except, finally, `for`, from,
    global, `if`, `import`, `in`, `is`, lambda, nonlocal, not, or, pass, raise, `return`, `try`, `while`, with, yield
  case none = "None"
  case `true` = "True"
  case `false` = "False"
}

enum Symbol: String, CaseIterable, Sendable {
  case parenOpen = "("
  case parenClose = ")"
  case bracketOpen = "["
  case bracketClose = "]"
  case braceOpen = "{"
  case braceClose = "}"
  case comma = ","
  case colon = ":"
  case semicolon = ";"
  case dot = "."
  case ellipsis = "..."
  case arrow = "->"
  case walrus = ":="
  case assign = "="
  case plus = "+"
  case minus = "-"
  case star = "*"
  case doubleStar = "**"
  case slash = "/"
  case doubleSlash = "//"
  case percent = "%"
  case at = "@"
  case ampersand = "&"
  case pipe = "|"
  case tilde = "~"
  case caret = "^"
  case shiftLeft = "<<"
  case shiftRight = ">>"
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case equal = "=="
  case notEqual = "!="
  case plusAssign = "+="
  case minusAssign = "-="
  case starAssign = "*="
  case slashAssign = "/="
  case doubleSlashAssign = "//="
  case percentAssign = "%="
  case doubleStarAssign = "**="
  case atAssign = "@="
  case ampersandAssign = "&="
  case pipeAssign = "|="
  case caretAssign = "^="
  case shiftLeftAssign = "<<="
  case shiftRightAssign = ">>="

  /// The operator of an augmented assignment.
  var augmented: BinaryOperator? {
    guard rawValue.hasSuffix("="), rawValue.count > 1 else { return nil }
    return BinaryOperator(rawValue: String(rawValue.dropLast()))
  }
}
