/// A call whose brackets are open at the cursor, and which of its arguments stands there.
public struct CursorCall: Equatable, Sendable {
  /// What is called.
  public let callee: Reference
  /// The arguments that stand there by name.
  public private(set) var given: Set<String> = []
  /// The name of the argument at the cursor, where it is written.
  public private(set) var argument: String?
  /// How many arguments without a name stand before that at the cursor.
  public private(set) var position = 0
  /// Whether what ends at the cursor begins the argument's value, or an item of the list that it is.
  public private(set) var beginsValue = false
  /// Whether the cursor stands in a list that is the argument.
  public private(set) var isInList = false

  /// The dotted name of what is called; empty where it has none.
  public var name: String { callee.names?.joined(separator: ".") ?? "" }

  /// Whether an argument's name may stand at the cursor.
  public var takesName: Bool { beginsValue && !isInList && argument == nil }

  /// Goes back to the bracket that is still open.
  ///
  /// - Parameter word: whether the last of the tokens is what ends at the cursor.
  init?(around tokens: ArraySlice<Token>, word: Bool) {
    let before = word ? tokens.dropLast() : tokens
    var depth = 0
    // Where the argument at the cursor begins.
    var start: Int?
    for place in before.indices.reversed() {
      switch before[place].kind {
      case .symbol(.parenClose), .symbol(.bracketClose), .symbol(.braceClose): depth += 1
      case .symbol(.braceOpen):
        if depth == 0 { return nil }
        depth -= 1
      case .symbol(.bracketOpen):
        if depth == 0 {
          // A list goes on with the call around it; an index does not.
          guard !isInList, place > before.startIndex, before[place - 1].opensArgument else { return nil }
          beginsValue = (start ?? place + 1) == before.endIndex
          (isInList, start) = (true, nil)
          position = 0
          given = []
        } else {
          depth -= 1
        }
      case .symbol(.parenOpen):
        guard depth == 0 else {
          depth -= 1
          continue
        }
        var rest = before[..<place]
        guard let callee = Reference(endOf: &rest), callee.base != .literal(type: "str"), rest.last?.kind != .keyword(.def) else {
          return nil
        }
        self.callee = callee
        settle(before[(start ?? place + 1)...])
        return
      case .symbol(.comma) where depth == 0:
        if start == nil { start = place + 1 }
        position += 1
      case .symbol(.assign) where depth == 0:
        if place > before.startIndex, case .name(let name) = before[place - 1].kind { given.insert(name) }
      case .newline: return nil
      default: break
      }
    }
    return nil
  }

  /// - Parameter argument: its tokens before the cursor's word.
  private mutating func settle(_ argument: ArraySlice<Token>) {
    var value = argument
    if argument.count > 1, argument[argument.startIndex + 1].kind == .symbol(.assign),
      case .name(let name) = argument[argument.startIndex].kind
    {
      self.argument = name
      value = argument.dropFirst(2)
    }
    if !isInList { beginsValue = value.isEmpty }
    // What is given by name takes no place. Where a comma is missing, as in `f(w x=`, a name takes none from what is before it.
    position = max(0, position - given.subtracting([self.argument].compactMap { $0 }).count)
  }
}

extension Token {
  /// Whether an argument, or its value, begins behind it.
  fileprivate var opensArgument: Bool {
    switch kind {
    case .symbol(.parenOpen), .symbol(.comma), .symbol(.assign): true
    default: false
    }
  }
}
