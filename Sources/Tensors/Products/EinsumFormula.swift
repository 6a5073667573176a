/// The letters of a summation's operands and of its result, as in `ij,jk->ik`.
public struct EinsumFormula: Equatable, Sendable {
  public var inputs: [[Character]]
  public var output: [Character]

  public init(inputs: [[Character]], output: [Character]) {
    self.inputs = inputs
    self.output = output
  }

  /// Reads what a person wrote for operands of these shapes.
  ///
  /// Without `->` the result has the letters that occur once, in alphabetical order. Dots (`...`) stand for the dimensions that
  /// have no letter, aligned from the right, as in NumPy; here each gets a sign of its own.
  public init(_ text: String, for shapes: [Shape]) throws(TensorError) {
    let signs = text.filter { $0 != " " }
    let sides = signs.split(separator: "->", omittingEmptySubsequences: false).map { Array($0) }
    func failure(_ rule: String) -> TensorError {
      TensorError(.badArgument(operation: "einsum", argument: "the formula", value: "\"\(text)\"", rule: rule))
    }
    guard sides.count <= 2 else { throw failure("must have -> at most once") }
    let terms = sides[0].split(separator: ",", omittingEmptySubsequences: false).map { Array($0) }
    guard terms.count == shapes.count, !shapes.isEmpty else {
      throw failure("must name the axes of each of \(shapes.count) operands")
    }
    inputs = []
    var dots = 0
    for (term, shape) in zip(terms, shapes) {
      guard let letters = EinsumFormula.letters(term) else { throw failure("must consist of letters, commas, ... and ->") }
      let free = shape.rank - letters.before.count - letters.after.count
      guard letters.hasDots ? free >= 0 : free == 0 else {
        let least = letters.hasDots ? "at least " : ""
        let count = shape.rank - free
        throw TensorError(
          .wrongRank(
            operation: "einsum", shape: shape,
            expected: "\(least)\(count) dimension\(count == 1 ? "" : "s") for \"\(String(term))\""))
      }
      inputs.append(letters.before + EinsumFormula.signs(free) + letters.after)
      dots = Swift.max(dots, free)
    }
    let all = inputs.flatMap { $0 }
    if sides.count == 2 {
      guard let letters = EinsumFormula.letters(sides[1]) else { throw failure("must consist of letters, commas, ... and ->") }
      guard letters.hasDots || dots == 0 else { throw failure("must have ... in its result too") }
      output = letters.before + (letters.hasDots ? EinsumFormula.signs(dots) : []) + letters.after
    } else {
      let once = Set(all).filter { letter in letter.isLetter && all.count { $0 == letter } == 1 }
      output = EinsumFormula.signs(dots) + once.sorted()
    }
    guard Set(output).count == output.count, Set(output).isSubset(of: all) else {
      throw failure("must have each letter of the result once, and in an operand")
    }
  }

  /// Reads what `text` wrote.
  public init(text: String) {
    let sides = text.split(separator: "->", omittingEmptySubsequences: false)
    inputs = sides[0].split(separator: ",", omittingEmptySubsequences: false).map { Array($0) }
    output = sides.count > 1 ? Array(sides[1]) : []
  }

  public var text: String { inputs.map { String($0) }.joined(separator: ",") + "->" + String(output) }

  /// The letters before and behind the dots; nil where other signs stand there.
  private static func letters(_ term: [Character]) -> (before: [Character], hasDots: Bool, after: [Character])? {
    let parts = String(term).split(separator: "...", omittingEmptySubsequences: false).map { Array($0) }
    guard parts.count <= 2, parts.allSatisfy({ $0.allSatisfy(\.isLetter) }) else { return nil }
    return (parts[0], parts.count == 2, parts.count == 2 ? parts[1] : [])
  }

  /// Signs for the dimensions that dots stand for: the last is always the same one.
  private static func signs(_ count: Int) -> [Character] {
    (0..<Swift.max(count, 0)).reversed().map { Character(UnicodeScalar(UInt32(0x2460 + $0)) ?? "?") }
  }
}

extension EinsumFormula {
  /// The size of each letter; a size of 1 meets any other, but not within one operand.
  public func sizes(_ shapes: [Shape]) throws(TensorError) -> [Character: Int] {
    var owners: [Character: (size: Int, shape: Shape)] = [:]
    for (letters, shape) in zip(inputs, shapes) {
      var own: [Character: Int] = [:]
      for (letter, size) in zip(letters, shape.dimensions) {
        let owner = owners[letter] ?? (size, shape)
        guard own[letter] ?? size == size, owner.size == size || owner.size == 1 || size == 1 else {
          let (first, own) = own[letter].map { ($0, shape) } ?? (owner.size, owner.shape)
          let name = letter.isLetter ? String(letter) : "..."
          throw TensorError(.letterSizesDiffer(letter: name, size: first, shape: own, other: size, otherShape: shape))
        }
        own[letter] = size
        owners[letter] = owner.size == 1 ? (size, shape) : owner
      }
    }
    return owners.mapValues { $0.size }
  }

  public func lettersElsewhere(than i: Int) -> Set<Character> {
    Set(output + inputs.indices.filter { $0 != i }.flatMap { inputs[$0] })
  }

  /// The summation of the result's gradient, in the place of operand `i`, and the other operands, that gives the operand's
  /// gradient.
  public func adjoint(of i: Int) -> EinsumFormula {
    var result = self
    result.inputs[i] = output
    result.output = inputs[i]
    return result
  }
}
