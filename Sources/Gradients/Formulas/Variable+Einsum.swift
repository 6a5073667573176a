import Tensors

extension Variable {
  /// Einstein's summation: `einsum("ij,jk->ik", [a, b])`, as `EinsumFormula` reads it. A size of 1 is stretched.
  public static func einsum(_ formula: String, _ operands: [Variable]) throws(TensorError) -> Variable {
    var letters = try EinsumFormula(formula, for: operands.map(\.shape))
    let sizes = try letters.sizes(operands.map(\.shape))
    var simple: [Variable] = []
    for (i, operand) in operands.enumerated() {
      let whole = try operand.squeezed(&letters.inputs[i], sizes).diagonal(&letters.inputs[i])
      simple.append(try whole.summed(&letters.inputs[i], keeping: letters.lettersElsewhere(than: i)))
    }
    return try apply(.einsum, Inputs(simple), .formula(letters.text))
  }

  /// Without the dimensions of size 1 that are stretched.
  private func squeezed(_ letters: inout [Character], _ sizes: [Character: Int]) throws(TensorError) -> Variable {
    let stretched = letters.indices.filter { shape[$0] == 1 && sizes[letters[$0]] != 1 }
    guard !stretched.isEmpty else { return self }
    let result = try reshape(to: shape.squeezed(stretched))
    letters = letters.indices.filter { !stretched.contains($0) }.map { letters[$0] }
    return result
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
