import Tensors

// Operations that change nothing.
extension Simplification {
  /// An operand that the result equals.
  mutating func shortcut(
    _ operation: Operation, _ inputs: [Int], _ attributes: Attributes, _ node: Graph.Node
  ) -> Int? {
    guard let x = inputs.first else { return nil }
    func isUnchanged(_ i: Int) -> Bool { graph.nodes[i].shape == node.shape && graph.nodes[i].dtype == node.dtype }
    switch operation {
    case .identity, .custom: return x
    case .cast, .reshape, .expand, .slice, .placeSlice:
      return isUnchanged(x) && !isReordering(attributes) ? x : nil
    case .transpose: return attributes.permutation == Array(0..<node.shape.rank) ? x : nil
    case .sum, .max, .min, .mean: return isUnchanged(x) && attributes.axes.allSatisfy { node.shape.rank > $0 } ? x : nil
    case .negate:
      if case .result(.negate, let inner, _) = graph.nodes[x].source { return inner[0] }
      return nil
    case .add:
      if isUnchanged(x), graph.nodes[inputs[1]].splat == 0 { return x }
      return isUnchanged(inputs[1]) && graph.nodes[x].splat == 0 ? inputs[1] : nil
    case .subtract: return isUnchanged(x) && graph.nodes[inputs[1]].splat == 0 ? x : nil
    case .multiply:
      if isUnchanged(x), graph.nodes[inputs[1]].splat == 1 { return x }
      return isUnchanged(inputs[1]) && graph.nodes[x].splat == 1 ? inputs[1] : nil
    case .divide, .power: return isUnchanged(x) && graph.nodes[inputs[1]].splat == 1 ? x : nil
    default: return nil
    }
  }

  private func isReordering(_ attributes: Attributes) -> Bool {
    guard case .ranges(let ranges, _) = attributes else { return false }
    return ranges.contains { $0.step < 0 && $0.count > 1 }
  }
}
