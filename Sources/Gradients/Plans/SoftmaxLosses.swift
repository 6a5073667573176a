import Tensors

/// Entries that are taken of the rows of a log-softmax, one each, together with the gradient in its operand:
/// `u (δᵢⱼ − softmax(z)ⱼ)`, if what comes back, `u`, is the same number for every row. Cross entropy of class numbers is such a
/// loss. Both are found while the powers of a row are at hand.
struct SoftmaxLosses {
  struct Loss {
    let logits: Int
    let places: Int
    let upstream: Double
    /// What is found.
    let taken: Int
    let gradient: Int
    /// What then need not be computed: the powers, and those times `u`.
    let between: [Int]
  }

  private(set) var all: [Loss] = []
  /// By what is found, the loss; and what is left out for one.
  private var lossOfNode: [Int: Loss] = [:]
  private var leftOut: Set<Int> = []

  init(_ graph: Graph, _ views: Views, _ readers: Readers) {
    for i in graph.nodes.indices {
      guard let loss = SoftmaxLosses.loss(taking: i, graph, views, readers) else { continue }
      all.append(loss)
      for node in [loss.taken, loss.gradient] { lossOfNode[node] = loss }
      leftOut.formUnion(loss.between)
    }
  }

  /// Whether a node is a part of a loss, or is left out for one.
  func merges(_ node: Int) -> Bool { lossOfNode[node] != nil || leftOut.contains(node) }

  /// The loss that finds a node.
  func loss(finding node: Int) -> Loss? { lossOfNode[node] }

  private static func loss(taking node: Int, _ graph: Graph, _ views: Views, _ readers: Readers) -> Loss? {
    func operands(_ node: Int, _ operation: Operation) -> [Int]? {
      guard case .result(operation, let inputs, _) = graph.nodes[node].source else { return nil }
      return inputs
    }
    func number(_ node: Int) -> Double? {
      let (inner, _) = views.operand(node, over: graph.nodes[node].shape)
      return graph.nodes[inner].splat
    }
    guard case .result(.gatherAlong, let taking, let attributes) = graph.nodes[node].source,
      let logits = operands(taking[0], .logSoftmax)?.first, graph.nodes[logits].dtype.isFloat
    else { return nil }
    let shape = graph.nodes[logits].shape
    guard attributes.axis == shape.rank - 1, graph.nodes[node].shape.count * shape[shape.rank - 1] == shape.count,
      case .result(_, _, let softmax) = graph.nodes[taking[0]].source, softmax.axis == attributes.axis,
      readers[taking[0]].count == 2, let powers = readers[taking[0]].first(where: { $0 != node }), powers >= 0,
      operands(powers, .exp) != nil, let product = readers.only(of: powers), let factors = operands(product, .multiply),
      let gradient = readers.only(of: product), graph.nodes[gradient].shape == shape, let terms = operands(gradient, .subtract),
      terms[1] == product,
      case .result(.scatterAddAlong, let adding, let scatter) = graph.nodes[terms[0]].source, scatter.axis == attributes.axis,
      readers.only(of: terms[0]) == gradient, adding[1] == taking[1], let upstream = number(adding[0]),
      let other = factors.first(where: { $0 != powers }), number(other) == upstream
    else { return nil }
    return Loss(
      logits: logits, places: taking[1], upstream: upstream, taken: node, gradient: gradient, between: [powers, product])
  }
}
