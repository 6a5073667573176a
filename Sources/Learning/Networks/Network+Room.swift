import Tensors

// Whether the weights that a network will have fit into memory: told before the first of them is drawn, which may take minutes.
extension Network {
  /// Throws MemoryError where the weights that are still to be made, for examples of this shape, are too many.
  ///
  /// What follows a layer whose result only a call tells is not counted, and no other mistake is told: making the weights does.
  func checkRoom(_ input: Shape) throws(LearningError) {
    var bytes = 0
    do {
      _ = try countWeights(input, .row, path: "", &bytes)
    } catch {
      if case .tensor(let inner) = error, inner.category == .memoryError { throw error }
      return
    }
    try operations { [bytes] () throws(TensorError) in
      try MemoryBudget.charge(bytes)
      MemoryBudget.release(bytes)
    }
  }

  private func countWeights(
    _ input: Shape, _ joining: Joining, path: String, _ bytes: inout Int
  ) throws(LearningError) -> Shape? {
    try shapes(input, joining, path: path) { i, input, path, previous throws(LearningError) in
      let layer = places[i].layer
      switch layer.body {
      case .network(let inner, let joining): return try inner.countWeights(input, joining, path: path, &bytes)
      case .kind(let kind, let settings) where !layer.isReady && !places[i].isRepeat:
        let site = LayerKind.Site(path: path, settings: settings, input: input, previous: previous)
        let output = try kind.shape(site)
        for rule in try kind.parameters(site) {
          // Elements of a shape are far from the end of whole numbers; bytes of many shapes are kept from it.
          bytes = min(bytes + min(rule.shape.count, 1 << 58) * layer.dtype.width, 1 << 62)
        }
        return output
      default: return try layer.outputShape(input, path: path, previous: previous)
      }
    }
  }
}
