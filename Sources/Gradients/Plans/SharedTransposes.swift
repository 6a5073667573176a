import Tensors

/// Builds a graph again in which a matrix that products of few rows read as its transpose again and again, as a recurrent weight's
/// gradients do, is transposed once.
struct SharedTransposes {
  private(set) var graph = Graph()
  private var newNode: [Int]
  /// By matrix of the old graph: its transpose, once it is made.
  private var transposes: [Int: Int] = [:]

  /// Rows up to which a product reads its right side where it lies, if that is not transposed.
  private static let fewRows = 40

  init(_ old: Graph) throws(TensorError) {
    newNode = Array(repeating: -1, count: old.nodes.count)
    var uses: [Int: Int] = [:]
    for node in old.nodes {
      if let matrix = SharedTransposes.transposedMatrix(of: node) { uses[matrix, default: 0] += 1 }
    }
    for (i, node) in old.nodes.enumerated() {
      if let matrix = SharedTransposes.transposedMatrix(of: node), uses[matrix, default: 0] >= Views.usesOfTranspose {
        newNode[i] = try append(node, of: matrix, old)
      } else {
        newNode[i] = graph.append(node, readingFrom: newNode)
      }
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

  /// The product, of the transpose that is made once.
  private mutating func append(_ product: Graph.Node, of matrix: Int, _ old: Graph) throws(TensorError) -> Int {
    guard case .result(let operation, let inputs, _) = product.source else { preconditionFailure("a product has operands") }
    let shape = old.nodes[matrix].shape
    let flipped = try Shape([shape[1], shape[0]])
    let transpose =
      transposes[matrix]
      ?? graph.append(.transpose, [newNode[matrix]], .permutation([1, 0]), like: old.nodes[matrix], flipped)
    transposes[matrix] = transpose
    return graph.append(
      operation, inputs.dropLast().map { newNode[$0] } + [transpose], .transposes(left: false, right: false), like: product)
  }
}
