import Tensors

/// Where the elements of a node really lie: a reshape, and a slice without gaps, are parts of what they are taken from.
struct Views {
  /// The node whose buffer holds the elements.
  let root: [Int]
  /// The first element in it.
  let start: [Int]
  private let graph: Graph
  /// By node: how many read it.
  private let readers: [Int]

  /// So many products of a transpose make it worth while to be in memory.
  static let usesOfTranspose = 4

  init(_ graph: Graph) {
    self.graph = graph
    var root = Array(graph.nodes.indices)
    var readers = Array(repeating: 0, count: graph.nodes.count)
    var start = Array(repeating: 0, count: graph.nodes.count)
    for (i, node) in graph.nodes.enumerated() {
      guard case .result(let operation, let inputs, let attributes) = node.source else { continue }
      for input in inputs { readers[input] += 1 }
      if operation == .reshape {
        root[i] = root[inputs[0]]
        start[i] = start[inputs[0]]
      } else if operation == .slice, let first = Views.start(of: attributes) {
        root[i] = root[inputs[0]]
        start[i] = start[inputs[0]] + first
      }
    }
    self.root = root
    self.start = start
    self.readers = readers
  }

  func isView(_ node: Int) -> Bool { root[node] != node }

  /// Whether a node is all of what holds its elements, perhaps in another shape.
  func isWhole(_ node: Int) -> Bool { start[node] == 0 && graph.nodes[root[node]].shape.count == graph.nodes[node].shape.count }

  /// The first element of a slice whose elements lie side by side; none for another.
  static func start(of attributes: Attributes) -> Int? {
    guard case .ranges(let ranges, let shape) = attributes else { return nil }
    let strides = shape.strides
    var isWhole = true
    var first = 0
    for axis in shape.dimensions.indices.reversed() {
      let range = ranges[axis]
      guard range.step == 1 || range.count == 1 else { return nil }
      // Behind a part of a dimension only single places may stand further out.
      if !isWhole, range.count != 1 { return nil }
      if range.count != shape[axis] { isWhole = false }
      first += range.start * strides[axis]
    }
    return first
  }

  /// What an elementwise operation on `shape` reads for an operand, seen through repetitions.
  func operand(_ node: Int, over shape: Shape) -> (node: Int, pattern: Pattern) {
    var node = node
    var pattern = Pattern(of: graph.nodes[node].shape, over: shape)
    while case .result(.expand, let inputs, _) = graph.nodes[node].source,
      let inner = Pattern(of: graph.nodes[inputs[0]].shape, over: shape)
    {
      node = inputs[0]
      pattern = inner
    }
    guard let pattern else { preconditionFailure("operands that no pattern fits were stretched before") }
    return (node, pattern)
  }

  /// The row that a product gets added to each of its rows, seen through its repetition; nil where a whole matrix is added.
  func bias(of node: Int) -> Int? {
    guard case .result(.matmulAdd, let inputs, _) = graph.nodes[node].source else { return nil }
    let shape = graph.nodes[node].shape
    let (row, pattern) = operand(inputs[0], over: shape)
    return row != inputs[0] && pattern.inner == 1 && graph.nodes[row].shape.count == shape.dimensions.last ? row : nil
  }

  /// A matrix that a product reads, seen through an exchange of its last two dimensions, unless that is read again and again.
  func matrix(_ node: Int, transposed: Bool) -> (node: Int, transposed: Bool) {
    guard readers[node] < Views.usesOfTranspose, case .result(.transpose, let inputs, let attributes) = graph.nodes[node].source
    else { return (node, transposed) }
    let rank = graph.nodes[node].shape.rank
    var swapped = Array(0..<rank)
    swapped.swapAt(rank - 1, rank - 2)
    return attributes.permutation == swapped ? matrix(inputs[0], transposed: !transposed) : (node, transposed)
  }
}
