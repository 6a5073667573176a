extension Tensor {
  /// Einstein's summation: `einsum("ij,jk->ik", [a, b])`. Without `->` the result has the letters that occur once, in alphabetical order.
  ///
  /// Each pair of operands is brought to one matrix product. Dots (`...`) are not understood.
  public static func einsum(_ formula: String, _ operands: [Tensor]) throws(TensorError) -> Tensor {
    let parsed = try EinsumFormula(formula, operands)
    var terms: [LabelledTensor] = []
    for (labels, operand) in zip(parsed.inputs, operands) { terms.append(try LabelledTensor(operand, labels)) }
    guard var product = terms.first else { throw parsed.failure("must have an operand") }
    for (place, term) in terms.enumerated().dropFirst() {
      let needed = Set(parsed.output + terms[(place + 1)...].flatMap { $0.labels })
      product = try product.times(term, keeping: needed)
    }
    return try product.summed(keeping: Set(parsed.output)).ordered(parsed.output)
  }
}

/// The letters of each operand and of the result.
private struct EinsumFormula {
  let text: String
  var inputs: [[Character]] = []
  var output: [Character] = []

  init(_ text: String, _ operands: [Tensor]) throws(TensorError) {
    self.text = text
    let letters = text.filter { $0 != " " }
    let arrow = letters.firstIndex(of: "-")
    inputs = letters[..<(arrow ?? letters.endIndex)].split(separator: ",", omittingEmptySubsequences: false).map { Array($0) }
    let all = inputs.flatMap { $0 }
    if let arrow {
      let end = letters[arrow...].dropFirst(2)
      guard letters[arrow...].hasPrefix("->") else { throw failure("must have its result after ->") }
      output = Array(end)
    } else {
      output = Set(all).filter { letter in all.count { $0 == letter } == 1 }.sorted()
    }
    guard (all + output).allSatisfy({ $0.isLetter }) else { throw failure("must consist of letters, commas and ->") }
    guard inputs.count == operands.count else { throw failure("must name the axes of each of \(operands.count) operands") }
    guard Set(output).count == output.count, Set(output).isSubset(of: all) else {
      throw failure("must have each letter of the result once, and in an operand")
    }
    try checkSizes(operands)
  }

  private func checkSizes(_ operands: [Tensor]) throws(TensorError) {
    var owners: [Character: (size: Int, shape: Shape)] = [:]
    for (labels, operand) in zip(inputs, operands) {
      guard labels.count == operand.rank else {
        throw TensorError(
          .wrongRank(operation: "einsum", shape: operand.shape, expected: "\(labels.count) dimensions for \"\(String(labels))\""))
      }
      for (label, size) in zip(labels, operand.shape.dimensions) {
        let owner = owners[label] ?? (size, operand.shape)
        guard owner.size == size else {
          throw TensorError(.innerSizesDiffer(operation: "einsum", left: owner.shape, right: operand.shape))
        }
        owners[label] = owner
      }
    }
  }

  func failure(_ rule: String) -> TensorError {
    TensorError(.badArgument(operation: "einsum", argument: "the formula", value: "\"\(text)\"", rule: rule))
  }
}

/// A tensor with a different letter for each dimension.
private struct LabelledTensor {
  let tensor: Tensor
  let labels: [Character]

  init(unique tensor: Tensor, _ labels: [Character]) {
    self.tensor = tensor
    self.labels = labels
  }

  /// A letter that occurs twice stands for the diagonal.
  init(_ tensor: Tensor, _ labels: [Character]) throws(TensorError) {
    let strides = tensor.shape.strides
    var view = StridedView(sizes: [], strides: [], offset: 0)
    var unique: [Character] = []
    for (axis, label) in labels.enumerated() {
      if let place = unique.firstIndex(of: label) {
        view.strides[place] += strides[axis]
      } else {
        unique.append(label)
        view.sizes.append(tensor.shape[axis])
        view.strides.append(strides[axis])
      }
    }
    self.init(unique: unique.count == labels.count ? tensor : try tensor.read(view, shape: Shape(view.sizes)), unique)
  }

  func size(of label: Character) -> Int { labels.firstIndex(of: label).map { tensor.shape[$0] } ?? 1 }

  func summed(keeping kept: Set<Character>) throws(TensorError) -> LabelledTensor {
    let axes = labels.indices.filter { !kept.contains(labels[$0]) }
    if axes.isEmpty { return self }
    return LabelledTensor(unique: try tensor.sum(axes: axes), labels.filter { kept.contains($0) })
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
    return LabelledTensor(unique: try product.reshape(sizes), batches + rows + columns)
  }

  private func matrices(_ batches: [Character], _ rows: [Character], _ columns: [Character]) throws(TensorError) -> Tensor {
    try ordered(batches + rows + columns).reshape([batches, rows, columns].map { $0.reduce(1) { $0 * size(of: $1) } })
  }
}
