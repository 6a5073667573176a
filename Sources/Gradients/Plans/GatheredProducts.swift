import Tensors

/// Builds a graph again with products over time taken together: a sum `a₁ᵀ b₁ + a₂ᵀ b₂ + …`, as backpropagation through time makes
/// of a weight's gradients, is one product of all rows, where those of each side lie one after the other in a whole that is made
/// anyway.
struct GatheredProducts {
  private(set) var graph = Graph()
  private var newNode: [Int]

  init(_ old: Graph, outputs: Set<Int>) throws(TensorError) {
    newNode = Array(repeating: -1, count: old.nodes.count)
    var sumsBehind: [Int: [ProductSum]] = [:]
    var isReplaced: Set<Int> = []
    for sum in ProductSum.all(in: old, outputs: outputs) {
      sumsBehind[sum.place, default: []].append(sum)
      isReplaced.formUnion(sum.nodes)
    }
    for (i, node) in old.nodes.enumerated() {
      if !isReplaced.contains(i) { newNode[i] = graph.append(node, readingFrom: newNode) }
      for sum in sumsBehind[i] ?? [] { newNode[sum.nodes[0]] = try add(sum, old) }
    }
  }

  /// Where a node of the old graph is now.
  func place(of node: Int) -> Int { newNode[node] }

  private mutating func add(_ sum: ProductSum, _ old: Graph) throws(TensorError) -> Int {
    let node = old.nodes[sum.nodes[0]]
    let gathered = (a: try add(sum.a, old), b: try add(sum.b, old))
    var summand = sum.base.map { newNode[$0] }
    for (a, b) in sum.others.map({ (newNode[$0.a], newNode[$0.b]) }) + [gathered] {
      summand = graph.append(
        summand == nil ? .matmul : .matmulAdd, (summand.map { [$0] } ?? []) + [a, b], ProductSum.transposes, like: node)
    }
    guard let summand else { preconditionFailure("a sum has products") }
    return summand
  }

  /// The rows of a whole as a matrix.
  private mutating func add(_ rows: ProductSum.Rows, _ old: Graph) throws(TensorError) -> Int {
    let whole = old.nodes[rows.whole]
    let flat = try Shape([whole.shape.count / rows.columns, rows.columns])
    let matrix = graph.append(.reshape, [newNode[rows.whole]], .shape(flat), like: whole, flat)
    let ranges = [Attributes.Range(start: rows.first, count: rows.count), Attributes.Range(start: 0, count: rows.columns)]
    return graph.append(.slice, [matrix], .ranges(ranges, of: flat), like: whole, try Shape([rows.count, rows.columns]))
  }
}
