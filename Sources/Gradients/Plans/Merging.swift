/// What is done within one instruction besides chains.
struct Merging {
  let products: RectifiedProducts
  let losses: SoftmaxLosses

  init(_ graph: Graph, _ views: Views, outputs: Set<Int>) {
    let readers = Readers(graph, views, outputs: outputs)
    products = RectifiedProducts(graph, views, readers)
    losses = SoftmaxLosses(graph, views, readers)
  }

  func contains(_ node: Int) -> Bool { products[node] != nil || losses.merges(node) }
}
