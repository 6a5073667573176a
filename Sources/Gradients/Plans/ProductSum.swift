import Tensors

/// Products `aᵀ b` that are added up one after the other, of which some have sides that are neighbours in larger wholes.
struct ProductSum {
  /// The sums on the way, the last one first: nothing else reads the others.
  let nodes: [Int]
  /// What the first product is added to.
  let base: Int?
  /// The sides of the products whose sides are not neighbours.
  let others: [Factors]
  let a: Rows
  let b: Rows
  /// The node after which all is there.
  let place: Int

  typealias Factors = (a: Int, b: Int)

  /// Rows of a whole that is seen as a matrix of so many columns.
  struct Rows {
    let whole: Int
    var first: Int
    var count: Int
    let columns: Int
  }

  static let transposes = Attributes.transposes(left: true, right: false)

  /// Fewer products are as quick by themselves.
  private static let fewest = 4

  static func all(in graph: Graph, outputs: Set<Int>) -> [ProductSum] {
    let views = Views(graph)
    let readers = Readers(graph, views, outputs: outputs)
    let wholes = Wholes(graph, views)
    var seen: Set<Int> = []
    return graph.nodes.indices.reversed().compactMap { node in
      guard !seen.contains(node), let chain = Chain(endingAt: node, graph, readers) else { return nil }
      seen.formUnion(chain.nodes)
      return ProductSum(chain, wholes, graph)
    }
  }

  private init?(_ chain: Chain, _ wholes: Wholes, _ graph: Graph) {
    let rows = chain.factors.map { (a: wholes.rows($0.a), b: wholes.rows($0.b)) }
    // By their first row on the left: neighbours there must be neighbours on the right.
    let order = rows.indices.filter { rows[$0].a != nil && rows[$0].b != nil }.sorted {
      (rows[$0].a?.first ?? 0) < (rows[$1].a?.first ?? 0)
    }
    guard let first = order.first, var a = rows[first].a, var b = rows[first].b else { return nil }
    var gathered: Set<Int> = [first]
    for i in order.dropFirst() {
      guard let nextA = rows[i].a, let nextB = rows[i].b, nextA.follows(a), nextB.follows(b) else { continue }
      a.count += nextA.count
      b.count += nextB.count
      gathered.insert(i)
    }
    guard gathered.count >= ProductSum.fewest else { return nil }
    nodes = chain.nodes
    base = chain.base
    others = chain.factors.indices.filter { !gathered.contains($0) }.map { chain.factors[$0] }
    (self.a, self.b) = (a, b)
    place = max(nodes[0], a.whole, b.whole)
    let isReadBefore = graph.nodes[...place].contains { $0.inputs.contains(chain.nodes[0]) }
    if isReadBefore { return nil }
  }
}

extension ProductSum.Rows {
  fileprivate func follows(_ other: Self) -> Bool { whole == other.whole && first == other.first + other.count }
}

/// Sums that end at a node, each of a product and of the one before.
private struct Chain {
  var nodes: [Int] = []
  var factors: [ProductSum.Factors] = []
  var base: Int?

  init?(endingAt node: Int, _ graph: Graph, _ readers: Readers) {
    base = node
    while let next = base, nodes.isEmpty || readers.only(of: next) == nodes.last,
      case .result(let operation, let inputs, ProductSum.transposes) = graph.nodes[next].source,
      operation == .matmulAdd || operation == .matmul, graph.nodes[next].shape.rank == 2,
      operation == .matmul || graph.nodes[inputs[0]].shape == graph.nodes[next].shape
    {
      nodes.append(next)
      factors.append((a: inputs[inputs.count - 2], b: inputs[inputs.count - 1]))
      base = operation == .matmulAdd ? inputs[0] : nil
    }
    if nodes.count < 2 { return nil }
  }
}

/// What matrices are parts of, as rows.
private struct Wholes {
  private var places: [Int: (whole: Int, start: Int)] = [:]
  private let graph: Graph
  private let views: Views

  init(_ graph: Graph, _ views: Views) {
    self.graph = graph
    self.views = views
    for node in graph.nodes.indices {
      for (part, start) in Hosting.wholeParts(of: node, graph, views) { places[part] = (node, start) }
    }
  }

  /// Where the rows of a matrix lie in what it is a part of.
  func rows(_ matrix: Int) -> ProductSum.Rows? {
    let shape = graph.nodes[matrix].shape
    guard views.isWhole(matrix), let (whole, start) = places[views.root[matrix]], shape[1] > 0, start % shape[1] == 0,
      graph.nodes[whole].shape.count % shape[1] == 0
    else { return nil }
    return ProductSum.Rows(whole: whole, first: start / shape[1], count: shape[0], columns: shape[1])
  }
}
