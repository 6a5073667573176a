import Tensors

/// Builds a graph again with products over time taken together: a sum `a₁ᵀ b₁ + a₂ᵀ b₂ + …`, as backpropagation through time makes
/// of a weight's gradients, is one product of all rows, where those of each side lie one after the other in a whole that is made
/// anyway. And a matrix that products of few rows read as its transpose again and again is transposed once.
struct GatheredProducts {
  private(set) var graph = Graph()
  private var newNode: [Int]
  /// By matrix of the old graph: how many products of few rows read its transpose, and this once it is made.
  private var uses: [Int: Int] = [:]
  private var transposes: [Int: Int] = [:]

  /// Rows up to which a product reads its right side where it lies, if that is not transposed.
  private static let fewRows = 40

  init(_ old: Graph, outputs: Set<Int>) throws(TensorError) {
    newNode = Array(repeating: -1, count: old.nodes.count)
    var sumsBehind: [Int: [ProductSum]] = [:]
    var isReplaced: Set<Int> = []
    for sum in ProductSum.all(in: old, outputs: outputs) {
      sumsBehind[sum.place, default: []].append(sum)
      isReplaced.formUnion(sum.nodes)
    }
    for node in old.nodes {
      if let matrix = GatheredProducts.transposedMatrix(of: node) { uses[matrix, default: 0] += 1 }
    }
    for (i, node) in old.nodes.enumerated() {
      if !isReplaced.contains(i) { newNode[i] = try untransposed(node, old) ?? copy(node) }
      for sum in sumsBehind[i] ?? [] { newNode[sum.nodes[0]] = try add(sum, old) }
    }
  }

  /// Where a node of the old graph is now.
  func place(of node: Int) -> Int { newNode[node] }

  /// What a product of few rows reads as its transpose.
  private static func transposedMatrix(of node: Graph.Node) -> Int? {
    guard case .result(let operation, let inputs, .transposes(left: false, right: true)) = node.source,
      operation == .matmul || operation == .matmulAdd, node.shape.rank == 2, node.shape[0] <= fewRows
    else { return nil }
    return inputs.last
  }

  /// The same product of a transpose that is made once.
  private mutating func untransposed(_ node: Graph.Node, _ old: Graph) throws(TensorError) -> Int? {
    guard let matrix = GatheredProducts.transposedMatrix(of: node), uses[matrix, default: 0] >= Views.usesOfTranspose,
      case .result(let operation, let inputs, _) = node.source
    else { return nil }
    let shape = old.nodes[matrix].shape
    let flipped = try Shape([shape[1], shape[0]])
    let transpose =
      transposes[matrix] ?? append(.transpose, [newNode[matrix]], .permutation([1, 0]), old.nodes[matrix], flipped)
    transposes[matrix] = transpose
    return append(operation, inputs.dropLast().map { newNode[$0] } + [transpose], .transposes(left: false, right: false), node)
  }

  private mutating func copy(_ node: Graph.Node) -> Int {
    guard case .result(let operation, let inputs, let attributes) = node.source else {
      return graph.append(node.source, node.shape, node.dtype, site: node.site)
    }
    return append(operation, inputs.map { newNode[$0] }, attributes, node)
  }

  private mutating func append(
    _ operation: Operation, _ inputs: [Int], _ attributes: Attributes, _ node: Graph.Node, _ shape: Shape? = nil
  ) -> Int {
    graph.append(.result(operation, inputs, attributes), shape ?? node.shape, node.dtype, site: node.site)
  }

  private mutating func add(_ sum: ProductSum, _ old: Graph) throws(TensorError) -> Int {
    let node = old.nodes[sum.nodes[0]]
    let gathered = (a: try add(sum.a, old), b: try add(sum.b, old))
    var summand = sum.base.map { newNode[$0] }
    for (a, b) in sum.others.map({ (newNode[$0.a], newNode[$0.b]) }) + [gathered] {
      summand = append(
        summand == nil ? .matmul : .matmulAdd, (summand.map { [$0] } ?? []) + [a, b], ProductSum.transposes, node)
    }
    guard let summand else { preconditionFailure("a sum has products") }
    return summand
  }

  /// The rows of a whole as a matrix.
  private mutating func add(_ rows: ProductSum.Rows, _ old: Graph) throws(TensorError) -> Int {
    let whole = old.nodes[rows.whole]
    let flat = try Shape([whole.shape.count / rows.columns, rows.columns])
    let matrix = append(.reshape, [newNode[rows.whole]], .shape(flat), whole, flat)
    let ranges = [Attributes.Range(start: rows.first, count: rows.count), Attributes.Range(start: 0, count: rows.columns)]
    return append(.slice, [matrix], .ranges(ranges, of: flat), whole, try Shape([rows.count, rows.columns]))
  }
}
