import Tensors

/// Relus of a product that nothing else reads: they are done where its sums are stored, without a pass of their own.
struct RectifiedProducts {
  private var productOfRelu: [Int: Int] = [:]

  init(_ graph: Graph, _ views: Views, _ readers: Readers) {
    for (i, node) in graph.nodes.enumerated() {
      guard case .result(.relu, let inputs, _) = node.source, node.dtype.isFloat else { continue }
      let product = views.root[inputs[0]]
      guard readers.only(of: product) == i, views.isWhole(inputs[0]) else { continue }
      switch graph.nodes[product].operation {
      case .matmul, .matmulAdd: productOfRelu[i] = product
      default: continue
      }
    }
  }

  /// The product that a relu belongs to.
  subscript(relu: Int) -> Int? { productOfRelu[relu] }
}
