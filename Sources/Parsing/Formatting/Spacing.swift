/// Tells for each leaf of a line whether a space stands before it, what it is there for, and whether a line may break before it.
struct Spacing {
  private(set) var leaves: [Leaf]
  private var frames = [Frame(kind: .statement)]
  /// Whether the last leaf wants the next one beside it.
  private var isGlued = true

  /// What is known within a pair of brackets.
  private struct Frame {
    enum Kind {
      case statement, definition, call, index, dict, other
    }
    var kind: Kind
    /// Lambdas whose arguments are being read.
    var lambdas = 0
    /// Whether a lambda's body goes on: it is one piece.
    var isInLambda = false
    /// Whether a `for` stood before, so that an `if` is a condition of the loop.
    var isLoop = false
    /// Whether the next `in` belongs to a `for`.
    var awaitsIn = false
    /// Whether the argument has a shape, which sets its `=` apart.
    var hasShape = false
    /// Whether more than names and numbers stand around the `:` of a slice, which sets it apart.
    var isComplex = false
  }

  init(_ leaves: [Leaf]) {
    self.leaves = leaves
    for place in leaves.indices { visit(place) }
  }

  private var frame: Frame {
    get { frames[frames.count - 1] }
    set { frames[frames.count - 1] = newValue }
  }

  private func leaf(before place: Int) -> Leaf? { place > 0 ? leaves[place - 1] : nil }
  private func leaf(behind place: Int) -> Leaf? { place + 1 < leaves.count ? leaves[place + 1] : nil }

  private mutating func visit(_ place: Int) {
    let endsValue = leaf(before: place)?.endsValue ?? false
    var isGluedNext = false
    var isSpaced = !isGlued
    switch leaves[place].kind {
    case .symbol(let symbol):
      switch symbol {
      case .parenOpen, .bracketOpen, .braceOpen:
        if endsValue, symbol != .braceOpen { isSpaced = false }
        isGluedNext = true
        open(symbol, endsValue, place)
      case .parenClose, .bracketClose, .braceClose:
        isSpaced = false
        if frames.count > 1 { frames.removeLast() }
      case .comma:
        isSpaced = false
        separate(place)
      case .semicolon: isSpaced = false
      case .dot:
        // A number would take the dot for its own.
        if case .int? = leaf(before: place)?.kind {} else { isSpaced = false }
        isGluedNext = true
      case .colon: (isSpaced, isGluedNext) = colon(place)
      case .assign: (isSpaced, isGluedNext) = assign(place)
      default:
        if let strength = Self.strength(symbol), endsValue {
          setStrength(strength, place)
        } else if [.star, .doubleStar].contains(symbol) {
          if frame.lambdas == 0 { leaves[place].role = .head }
          isGluedNext = true
        } else if symbol.augmented != nil {
          leaves[place].role = .head
        } else {
          isGluedNext = [.plus, .minus, .tilde, .at].contains(symbol)
        }
      }
    case .keyword(let keyword): visit(keyword, place)
    case .string, .formatted:
      if let before = leaf(before: place), before.isString { setStrength(.joined, place) }
    default: break
    }
    leaves[place].isSpaced = isSpaced && place > 0
    isGlued = isGluedNext
  }

  // MARK: Words

  private mutating func visit(_ keyword: Keyword, _ place: Int) {
    let before = leaf(before: place)
    switch keyword {
    case .lambda:
      frame.lambdas += 1
      frame.isInLambda = true
    case .for where place > 0:
      frame.isInLambda = false
      frame.isLoop = true
      frame.awaitsIn = true
      setStrength(.loop, place)
    case .for: frame.awaitsIn = true
    case .in:
      if frame.awaitsIn { frame.awaitsIn = false } else if before?.isKeyword(.not) != true { setStrength(.comparison, place) }
    case .not where leaf(behind: place)?.isKeyword(.in) == true: setStrength(.comparison, place)
    case .is: setStrength(.comparison, place)
    case .and: setStrength(.and, place)
    case .or: setStrength(.or, place)
    case .if where place > 0: setStrength(frame.isLoop ? .loop : .condition, place)
    case .else where place > 0: setStrength(.condition, place)
    default: break
    }
  }

  private mutating func setStrength(_ strength: Leaf.Strength, _ place: Int) {
    if !frame.isInLambda { leaves[place].strength = strength }
  }

  private static func strength(_ symbol: Symbol) -> Leaf.Strength? {
    switch symbol {
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: .comparison
    case .pipe: .bitOr
    case .ampersand: .bitAnd
    case .plus, .minus: .sum
    case .star, .slash, .doubleSlash, .percent, .at: .product
    case .doubleStar: .power
    default: nil
    }
  }

  // MARK: Brackets

  private mutating func open(_ symbol: Symbol, _ isPostfix: Bool, _ place: Int) {
    switch symbol {
    case .braceOpen: frames.append(Frame(kind: .dict))
    case .bracketOpen:
      frames.append(Frame(kind: isPostfix ? .index : .other))
      frame.isComplex = isPostfix && isComplex(behind: place)
    default:
      let isDefinition = frames.count == 1 && leaves[0].isKeyword(.def)
      frames.append(Frame(kind: isDefinition ? .definition : isPostfix ? .call : .other))
    }
  }

  private mutating func separate(_ place: Int) {
    // The commas of a lambda's arguments and of a loop's names are within an element.
    guard frame.lambdas == 0, !frame.awaitsIn else { return }
    leaves[place].role = .separator
    frame.isInLambda = false
    frame.hasShape = false
    if frame.kind == .index { frame.isComplex = isComplex(behind: place) }
  }

  /// Whether the slice behind a place has more than names, numbers and signs in it.
  private func isComplex(behind place: Int) -> Bool {
    for next in leaves.indices[(place + 1)...] {
      switch leaves[next].kind {
      case .name, .int, .float, .string: continue
      case .symbol(.bracketClose), .symbol(.comma): return false
      case .symbol(.colon): continue
      case .symbol(.plus), .symbol(.minus), .symbol(.tilde):
        if leaves[next - 1].endsValue { return true }
      case .keyword(.none), .keyword(.true), .keyword(.false): continue
      default: return true
      }
    }
    return false
  }

  // MARK: Signs with several meanings

  private mutating func colon(_ place: Int) -> (isSpaced: Bool, isGlued: Bool) {
    if frame.lambdas > 0 {
      frame.lambdas -= 1
      return (false, false)
    }
    switch frame.kind {
    case .index:
      leaves[place].role = .slice
      let before = leaf(before: place)
      let isFirst = before?.isSymbol(.bracketOpen) == true || before?.role == .slice
      return (before?.role == .separator || frame.isComplex && !isFirst, !frame.isComplex)
    case .definition: frame.hasShape = true
    case .dict: leaves[place].role = .head
    default: break
    }
    return (false, false)
  }

  private mutating func assign(_ place: Int) -> (isSpaced: Bool, isGlued: Bool) {
    if frame.lambdas > 0 { return (false, true) }
    leaves[place].role = .head
    let isSetApart = frame.kind == .statement || frame.hasShape
    return (isSetApart, !isSetApart)
  }
}
