extension Tensor {
  /// Einstein's summation of operands whose letters differ within each and that agree in the sizes of letters.
  ///
  /// Each pair of operands is brought to one matrix product.
  public static func einsum(_ formula: EinsumFormula, _ operands: [Tensor]) throws(TensorError) -> Tensor {
    let terms = zip(operands, formula.inputs).map { LabelledTensor(tensor: $0, labels: $1) }
    var product = terms[0]
    for (place, term) in terms.enumerated().dropFirst() {
      let needed = Set(formula.output + terms[(place + 1)...].flatMap { $0.labels })
      product = try product.times(term, keeping: needed)
    }
    return try product.summed(keeping: Set(formula.output)).ordered(formula.output)
  }
}

/// A tensor with a different letter for each dimension.
private struct LabelledTensor {
  let tensor: Tensor
  let labels: [Character]

  func size(of label: Character) -> Int { labels.firstIndex(of: label).map { tensor.shape[$0] } ?? 1 }

  func summed(keeping kept: Set<Character>) throws(TensorError) -> LabelledTensor {
    let axes = labels.indices.filter { !kept.contains(labels[$0]) }
    if axes.isEmpty { return self }
    return LabelledTensor(tensor: try tensor.sum(axes: axes), labels: labels.filter { kept.contains($0) })
  }

  func ordered(_ order: [Character]) throws(TensorError) -> Tensor {
    try tensor.transpose(order.compactMap { labels.firstIndex(of: $0) })
  }

  /// The product with `other`, summed over the letters that are not `needed` any more.
  func times(_ other: LabelledTensor, keeping needed: Set<Character>) throws(TensorError) -> LabelledTensor {
    let left = try summed(keeping: needed.union(other.labels))
    let right = try other.summed(keeping: needed.union(labels))
    let shared = left.labels.filter { right.labels.contains($0) }
    let batches = shared.filter { needed.contains($0) }
    let inner = shared.filter { !needed.contains($0) }
    let rows = left.labels.filter { !shared.contains($0) }
    let columns = right.labels.filter { !shared.contains($0) }
    let product = try Tensor.matmul(
      left.matrices(batches, rows, inner), right.matrices(batches, inner, columns))
    let sizes = (batches + rows).map(left.size) + columns.map(right.size)
    return LabelledTensor(tensor: try product.reshape(sizes), labels: batches + rows + columns)
  }

  private func matrices(_ batches: [Character], _ rows: [Character], _ columns: [Character]) throws(TensorError) -> Tensor {
    try ordered(batches + rows + columns).reshape([batches, rows, columns].map { $0.reduce(1) { $0 * size(of: $1) } })
  }
}
