import Tensors

// Sums that are written otherwise, so that they take less work.
extension Simplification {
  /// The sum of something and a product that nothing else reads, as one product that is added to it; a row, as a bias is, counts
  /// as repeated.
  mutating func productSum(_ operation: Operation, _ inputs: [Int], _ node: Graph.Node) throws(TensorError) -> Int? {
    guard operation == .add, node.dtype.isFloat else { return nil }
    for (product, other) in [(inputs[1], inputs[0]), (inputs[0], inputs[1])] {
      guard let found = unreadProduct(product), old.nodes[other].dtype == node.dtype, old.nodes[product].shape == node.shape,
        case .result(_, let factors, let attributes) = graph.nodes[found].source,
        let summand = try summand(newNode[other], in: node, as: graph.nodes[found].shape)
      else { continue }
      var sum = node
      sum.shape = graph.nodes[found].shape
      let made = try add(.matmulAdd, [summand] + factors, attributes, sum)
      return sum.shape == node.shape ? made : try add(.reshape, [made], .shape(node.shape), node)
    }
    return nil
  }

  /// The product of two matrices, in the new graph, that a node of the old one is, perhaps in another shape, if it is read once.
  private func unreadProduct(_ node: Int) -> Int? {
    var node = node
    while readers[node] == 1 {
      let new = newNode[node]
      if case .result(.matmul, _, _) = graph.nodes[new].source {
        return graph.nodes[new].shape.rank == 2 && graph.nodes[new].dtype.isFloat ? new : nil
      }
      guard case .result(.reshape, let inner, _) = old.nodes[node].source else { return nil }
      node = inner[0]
    }
    return nil
  }

  /// What a product can be added to: a matrix as large, or a row, repeated.
  private mutating func summand(
    _ other: Int, in node: Graph.Node, as matrix: Shape
  ) throws(TensorError) -> Int? {
    let shape = graph.nodes[other].shape
    if shape == matrix, shape == node.shape { return other }
    // A constant would be stretched here and now, to a whole matrix.
    guard let pattern = Pattern(of: shape, over: node.shape), pattern.inner == 1, shape.count == matrix[1],
      matrix[1] == node.shape.dimensions.last, graph.nodes[other].constant == nil
    else { return nil }
    let row = try Shape([matrix[1]])
    var reshaped = graph.nodes[other]
    reshaped.shape = row
    let flat = shape == row ? other : try add(.reshape, [other], .shape(row), reshaped)
    var wide = node
    wide.shape = matrix
    return try add(.expand, [flat], .shape(matrix), wide)
  }

  /// The sum of slices that were written into zeros, as one whole, where they lie apart.
  mutating func assembled(_ inputs: [Int], _ node: Graph.Node) throws(TensorError) -> Int? {
    guard let left = pieces(inputs[0]), let right = pieces(inputs[1]) else { return nil }
    for a in left {
      for b in right {
        guard zip(a.ranges, b.ranges).contains(where: { $0.isApart(from: $1) }) else { return nil }
      }
    }
    let all = left + right
    return try add(.assemble, all.map(\.part), .pieces(all.map(\.ranges), of: node.shape), node)
  }

  /// What was written where, pieces of pieces counted by themselves.
  private func pieces(_ node: Int) -> [(part: Int, ranges: [Attributes.Range])]? {
    let outer: [(part: Int, ranges: [Attributes.Range])]
    switch graph.nodes[node].source {
    case .result(.placeSlice, let inputs, let attributes): outer = [(inputs[0], attributes.ranges)]
    case .result(.assemble, let inputs, let attributes): outer = Array(zip(inputs, attributes.pieces)).map { ($0, $1) }
    default: return nil
    }
    return outer.flatMap { piece in
      guard let inner = pieces(piece.part), inner.allCover(graph.nodes[piece.part].shape) else { return [piece] }
      return inner.map { (part: $0.part, ranges: zip(piece.ranges, $0.ranges).map { $1.within($0) }) }
    }
  }

  /// What was added into zeros along a dimension that is summed: its sum is the same, wherever the entries went.
  func scattered(_ x: Int, _ attributes: Attributes) -> Int? {
    guard case .result(.scatterAddAlong, let inputs, let scatter) = graph.nodes[x].source, attributes.axes.contains(scatter.axis)
    else { return nil }
    return inputs[0]
  }

  /// A sum over dimensions that lie apart is one over the last of them and then over the others.
  mutating func splitSum(_ x: Int, _ attributes: Attributes, _ node: Graph.Node) throws(TensorError) -> Int? {
    let axes = attributes.axes
    guard node.dtype.isFloat, let start = axes.indices.dropFirst().last(where: { axes[$0] != axes[$0 - 1] + 1 }) else {
      return nil
    }
    let (rest, last) = (Array(axes[..<start]), Array(axes[start...]))
    var inner = node
    inner.shape = graph.nodes[x].shape.reduced(along: last, keepdims: attributes.keepdims)
    let sums = try add(.sum, [x], .axes(last, keepdims: attributes.keepdims), inner)
    return try add(.sum, [sums], .axes(rest, keepdims: attributes.keepdims), node)
  }

  /// A mean is a sum and a division, which may join a chain.
  mutating func addMean(_ x: Int, _ attributes: Attributes, _ node: Graph.Node) throws(TensorError) -> Int {
    let length = graph.nodes[x].shape.count / max(1, node.shape.count)
    let sum = try add(.sum, [x], attributes, node)
    let number = addConstant(try Tensor(Double(length), dtype: node.dtype))
    return try add(.divide, [sum, number], .none, node)
  }
}

extension [(part: Int, ranges: [Attributes.Range])] {
  /// Whether pieces that lie apart leave nothing of a shape.
  fileprivate func allCover(_ shape: Shape) -> Bool {
    reduce(0) { $0 + $1.ranges.reduce(1) { $0 * $1.count } } == shape.count
  }
}
