import Gradients
import Learning
import Tensors

/// The dense layers that lead from a weight to the loss, read from the recorded graph, in float64.
struct DensePath {
  /// One layer on the way: what its neurons do to a change of their input.
  struct Layer {
    /// `dense1`, the name of its weights' owner.
    let name: String
    /// The functions after the linear map, in order, as the operations' names.
    let activations: [String]
    /// Formulas of the local derivatives of these.
    let formulas: [String]
    /// `[examples][units]`: the product of these derivatives.
    let slopes: [[Double]]
    /// `[examples][units]`: what the neurons received.
    let inputs: [[Double]]
    /// `[from][to]`: the weights that lead here from the layer before; of the first layer its own.
    let weights: [[Double]]
    /// The parameter's name.
    let weightName: String

    var units: Int { slopes.first?.count ?? 0 }
  }

  /// The first has the weight that is explained; the last gives the network's output.
  let layers: [Layer]
  /// `[examples][inputs]`: what the explained weights are multiplied with; empty for a bias.
  let features: [[Double]]
  /// The last layer's output as recorded.
  let output: Variable
  /// What is done first with the output.
  let follower: Gradients.Operation?

  init(from leaf: Variable, in graph: RecordedGraph) throws(InsightError) {
    let name = leaf.parameter?.name ?? "a weight"
    let users = graph.consumers(of: leaf)
    guard users.count == 1, let first = users.first else { throw .usedOften(name, count: users.count) }
    var features: [[Double]] = []
    var product: Variable?
    if Self.isProduct(first), first.inputs[1] === leaf {
      product = first
      features = try Self.rows(first.inputs[0].value)
    } else if first.operation === Operation.add {
      product = first.inputs.all.map(Self.unwrapped).first(where: Self.isProduct)
    }
    guard var linear = product else { throw .unfitLayer("\(name), which is no weight of a dense layer,") }
    let walk = Walk(graph: graph, affected: graph.results(of: linear))
    var layers: [Layer] = []
    while true {
      let sum = walk.sum(of: linear)
      let steps = walk.steps(from: sum)
      let end = steps.last?.result ?? sum
      if let next = walk.product(of: end) {
        layers.append(try Layer(product: linear, sum: sum, steps: steps))
        linear = next
      } else {
        // What follows the last layer belongs to the loss, but for the layer's own activation.
        let own = Array(steps.prefix { $0.isActivation })
        layers.append(try Layer(product: linear, sum: sum, steps: own))
        output = own.last?.result ?? sum
        break
      }
    }
    self.layers = layers
    self.features = features
    follower = graph.consumers(of: output).first?.operation
  }

  /// A matrix product with a parameter on its right.
  fileprivate static func isProduct(_ node: Variable) -> Bool {
    node.operation === Operation.matmul && node.inputs[1].parameter != nil
  }

  /// What stands under a change of shape.
  private static func unwrapped(_ node: Variable) -> Variable {
    node.operation === Operation.reshape ? node.inputs[0] : node
  }

  /// A matrix as rows; a vector is one row.
  static func rows(_ tensor: Tensor) throws(InsightError) -> [[Double]] {
    guard tensor.rank <= 2 else { throw .unfitLayer("a layer of rank \(tensor.rank)") }
    let values = tensor.doubles
    let width = tensor.shape.dimensions.last ?? 1
    guard width > 0 else { return [] }
    return stride(from: 0, to: values.count, by: width).map { Array(values[$0..<($0 + width)]) }
  }
}

/// One operation on each number between two layers.
private struct Step {
  let result: Variable
  /// Which operand leads back to the weight.
  let place: Int

  var operation: Gradients.Operation? { result.operation }
  /// A new shape for the same numbers.
  var isReshaping: Bool { operation === Operation.reshape }
  var isActivation: Bool { isReshaping || operation.map { Activation.named($0.name) != nil } == true }
}

/// Follows what was computed from a weight, as long as there is one way.
private struct Walk {
  let graph: RecordedGraph
  /// All that depends on the first layer.
  let affected: Set<ObjectIdentifier>

  /// The product with its bias, where it has one.
  func sum(of product: Variable) -> Variable {
    var end = product
    while let step = step(from: end),
      step.isReshaping || step.operation === Operation.add && step.result.inputs[1 - step.place].parameter != nil
    {
      end = step.result
      if !step.isReshaping { break }
    }
    return end
  }

  func steps(from start: Variable) -> [Step] {
    var steps: [Step] = []
    while let next = step(from: steps.last?.result ?? start) { steps.append(next) }
    return steps
  }

  /// The next layer's product, where that is all that is made of a node.
  func product(of node: Variable) -> Variable? {
    let users = graph.consumers(of: node)
    guard users.count == 1, DensePath.isProduct(users[0]), users[0].inputs[0] === node else { return nil }
    return users[0]
  }

  /// The only use of a node, if it works on each number by itself.
  private func step(from node: Variable) -> Step? {
    let users = graph.consumers(of: node)
    guard users.count == 1, let user = users.first, let operation = user.operation, user.value.count == node.value.count,
      user.shape.dimensions.last == node.shape.dimensions.last
    else { return nil }
    let places = (0..<user.inputs.count).filter { affected.contains(ObjectIdentifier(user.inputs[$0])) }
    guard places.count == 1, user.inputs[places[0]] === node else { return nil }
    return operation.isElementwise || operation === Operation.reshape ? Step(result: user, place: places[0]) : nil
  }
}

extension DensePath.Layer {
  fileprivate init(product: Variable, sum: Variable, steps: [Step]) throws(InsightError) {
    let received = try DensePath.rows(sum.value)
    var slopes = received.map { $0.map { _ in 1.0 } }
    for step in steps where !step.isReshaping {
      let local = try engines { try step.result.localDerivative(input: step.place)?.value }
      guard let local else { continue }
      for (i, row) in try DensePath.rows(local).enumerated() {
        for (j, value) in row.enumerated() { slopes[i][j] *= value }
      }
    }
    let working = steps.filter { !$0.isReshaping }
    let path = product.inputs[1].parameter?.name ?? ""
    weightName = path
    name = path.lastIndex(of: ".").map { String(path[..<$0]) } ?? path
    activations = working.compactMap { step in
      step.operation === Operation.multiply ? "times c" : step.operation?.name
    }
    formulas = working.map { step in
      guard step.operation !== Operation.multiply else { return "c" }
      guard let formulas = step.operation?.formulas, formulas.indices.contains(step.place) else { return "f′(z)" }
      return formulas[step.place]
    }
    self.slopes = slopes
    inputs = received
    weights = try DensePath.rows(product.inputs[1].value)
  }
}
