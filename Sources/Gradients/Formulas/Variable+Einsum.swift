import Tensors

extension Variable {
  /// Einstein's summation: `einsum("ij,jk->ik", [a, b])`. Without `->` the result has the letters that occur once, in alphabetical order.
  public static func einsum(_ formula: String, _ operands: [Variable]) throws(TensorError) -> Variable {
    guard var letters = EinsumLetters(formula), let sizes = letters.sizes(operands.map(\.shape)),
      Set(letters.output).count == letters.output.count, letters.output.allSatisfy({ sizes[$0] != nil })
    else {
      // The kernel says what is wrong with it.
      return Variable(try Tensor.einsum(formula, operands.map(\.value)))
    }
    var simple: [Variable] = []
    for (i, operand) in operands.enumerated() {
      let diagonal = try operand.diagonal(&letters.inputs[i])
      simple.append(try diagonal.summed(&letters.inputs[i], keeping: letters.lettersElsewhere(than: i)))
    }
    return try apply(.einsum, Inputs(simple), .formula(letters.text))
  }

  /// Without repeated letters: a letter that occurs twice stands for the diagonal.
  private func diagonal(_ letters: inout [Character]) throws(TensorError) -> Variable {
    var result = self
    while let second = letters.indices.first(where: { letters[..<$0].contains(letters[$0]) }),
      let first = letters.firstIndex(of: letters[second])
    {
      let places = Index.gather(try Tensor.arange(0, result.shape[first]))
      var indices = [Index](repeating: .all, count: letters.count)
      indices[first] = places
      indices[second] = places
      result = try result.subscripted(indices)
      // Lists side by side stand where the first of them stood; lists apart come first.
      let letter = letters.remove(at: second)
      letters.remove(at: first)
      letters.insert(letter, at: second == first + 1 ? first : 0)
    }
    return result
  }

  /// Summed over the letters that nothing else has.
  private func summed(_ letters: inout [Character], keeping kept: Set<Character>) throws(TensorError) -> Variable {
    let axes = letters.indices.filter { !kept.contains(letters[$0]) }
    letters = letters.filter { kept.contains($0) }
    return axes.isEmpty ? self : try sum(axes: axes)
  }
}

/// The letters of a summation's operands and of its result.
struct EinsumLetters {
  var inputs: [[Character]]
  var output: [Character]

  /// None if the formula cannot be read.
  init?(_ formula: String) {
    let letters = formula.filter { $0 != " " }
    let sides = letters.split(separator: "->", omittingEmptySubsequences: false)
    guard sides.count <= 2, letters.allSatisfy({ $0.isLetter || ",->".contains($0) }) else { return nil }
    inputs = sides[0].split(separator: ",", omittingEmptySubsequences: false).map { Array($0) }
    let all = inputs.flatMap { $0 }
    output = sides.count == 2 ? Array(sides[1]) : Set(all).filter { letter in all.count { $0 == letter } == 1 }.sorted()
  }

  var text: String { inputs.map { String($0) }.joined(separator: ",") + "->" + String(output) }

  /// The size of each letter; none unless the operands have as many dimensions as letters, and one size for each.
  func sizes(_ operands: [Shape]) -> [Character: Int]? {
    guard operands.count == inputs.count else { return nil }
    var sizes: [Character: Int] = [:]
    for (letters, shape) in zip(inputs, operands) {
      guard letters.count == shape.rank else { return nil }
      for (letter, size) in zip(letters, shape.dimensions) {
        guard sizes[letter] ?? size == size else { return nil }
        sizes[letter] = size
      }
    }
    return sizes
  }

  func lettersElsewhere(than i: Int) -> Set<Character> {
    Set(output + inputs.indices.filter { $0 != i }.flatMap { inputs[$0] })
  }

  /// The summation of the result's gradient, in the place of operand `i`, and the other operands, that gives the operand's gradient.
  func adjoint(of i: Int) -> EinsumLetters {
    var result = self
    result.inputs[i] = output
    result.output = inputs[i]
    return result
  }
}
