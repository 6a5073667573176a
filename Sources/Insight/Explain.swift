import Gradients
import Learning
import Tensors

/// Explains the gradient of one entry of a weight or bias.
///
/// - Parameters:
///   - loss: a single number, recorded as it was computed.
///   - kind: the entry of the table of losses that made it, if one did: a loss from logits is opened into two factors.
///   - most: how many paths are told one by one.
public func explain(
  _ loss: Variable, _ parameter: Parameter, at place: [Int], kind: LossKind? = nil, most: Int = 12
) throws(InsightError) -> Explanation {
  guard loss.value.count == 1, loss.isTracked else { throw .notLoss }
  let graph = RecordedGraph(of: loss)
  let name = parameter.name.isEmpty ? "this weight" : parameter.name
  guard let leaf = graph.leaf(of: parameter), leaf.isTracked else { throw parameter.isFrozen ? .frozen(name) : .notReached(name) }
  let shape = leaf.shape
  let index = zip(place, shape.dimensions).map { $0 < 0 ? $0 + $1 : $0 }
  guard place.count == shape.rank, zip(index, shape.dimensions).allSatisfy({ $0 >= 0 && $0 < $1 }) else {
    throw .wrongIndex(path: name, index: place, shape: shape)
  }
  let route = try DensePath(from: leaf, in: graph)
  let gradients = try engines { try Gradients.gradients(of: loss, in: [leaf, route.output]) }
  guard let own = gradients[0]?.value, let outer = gradients[1]?.value else { throw .notReached(name) }
  let flat = zip(index, shape.dimensions).reduce(0) { $0 * $1.1 + $1.0 }
  let backprop = own.doubles[flat]
  let numeric = try engines { try centralDifference(graph, leaf, flat) }
  let ending = Ending(
    kind: kind, follower: route.follower, outputs: try DensePath.rows(route.output.value), slopes: try DensePath.rows(outer))
  let sum = PathSum(route: route, ending: ending, index: index)
  return Explanation(
    target: "\(name)[\(index.map(String.init).joined(separator: ", "))]", lossName: kind?.name ?? "loss",
    loss: loss.value.doubles[0], backprop: backprop, numeric: numeric, sum: sum, told: sum.strongest(most),
    isDouble: loss.dtype == .float64)
}

/// The slope of the loss in one number of a leaf: from its values nearby alone, computed anew in float64.
private func centralDifference(_ graph: RecordedGraph, _ leaf: Variable, _ flat: Int) throws -> CentralDifference {
  let start = try leaf.value.cast(to: .float64).doubles
  return try CentralDifference(
    of: { change in
      var changed = start
      changed[flat] += change
      return try graph.replay(leaf, as: Tensor(changed, shape: leaf.shape, dtype: .float64))
    }, scale: max(1, abs(start[flat])))
}
