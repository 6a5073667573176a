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
    /// `[examples][units]`: what the neurons received and gave.
    let inputs: [[Double]]
    let outputs: [[Double]]
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

  init(from leaf: Variable, in graph: RecordedGraph) throws(InsightError) {
    let name = leaf.parameter?.name ?? "a weight"
    let users = graph.consumers(of: leaf)
    guard users.count == 1, let first = users.first else { throw .unfitLayer("\(name), which is used \(users.count) times") }
    var linear: Variable
    var features: [[Double]] = []
    if first.operation?.name == "matmul", first.inputs[1] === leaf {
      linear = first
      features = try Self.rows(first.inputs[0].value)
    } else if first.operation?.name == "add", let product = Self.product(under: first) {
      linear = product
    } else {
      throw .unfitLayer("\(name), which is no weight of a dense layer")
    }
    var layers: [Layer] = []
    while true {
      let (layer, end) = try Self.layer(of: linear, graph)
      layers.append(layer)
      let next = graph.consumers(of: end)
      guard next.count == 1, let product = next.first, product.operation?.name == "matmul", product.inputs[0] === end,
        product.inputs[1].parameter != nil
      else {
        output = end
        break
      }
      linear = product
    }
    self.layers = layers
    self.features = features
  }

  /// The product that a bias is added to.
  private static func product(under sum: Variable) -> Variable? {
    (0..<sum.inputs.count).map { sum.inputs[$0] }.first { $0.operation?.name == "matmul" && $0.inputs[1].parameter != nil }
  }

  /// The layer around a product: a bias, then functions of each number.
  private static func layer(of product: Variable, _ graph: RecordedGraph) throws(InsightError) -> (Layer, Variable) {
    let weight = product.inputs[1]
    var end = product
    if let sum = only(graph.consumers(of: end)), sum.operation?.name == "add",
      (0..<sum.inputs.count).contains(where: { sum.inputs[$0].parameter != nil })
    {
      end = sum
    }
    let received = try rows(end.value)
    var slopes = received.map { $0.map { _ in 1.0 } }
    var (names, formulas): ([String], [String]) = ([], [])
    while let node = only(graph.consumers(of: end)), let operation = node.operation, node.inputs.count == 1,
      isElementwiseActivation(operation.name)
    {
      let local = try engines { try node.localDerivative(input: 0)?.value }
      guard let local else { break }
      let derivatives = try rows(local)
      for (i, row) in derivatives.enumerated() {
        for (j, value) in row.enumerated() { slopes[i][j] *= value }
      }
      names.append(operation.name)
      formulas.append(operation.formulas.first ?? "f′(z)")
      end = node
    }
    let path = weight.parameter?.name ?? ""
    let owner = path.lastIndex(of: ".").map { String(path[..<$0]) } ?? path
    let layer = Layer(
      name: owner, activations: names, formulas: formulas, slopes: slopes, inputs: received, outputs: try rows(end.value),
      weights: try rows(weight.value), weightName: path)
    return (layer, end)
  }

  private static func only(_ nodes: [Variable]) -> Variable? { nodes.count == 1 ? nodes.first : nil }

  private static func isElementwiseActivation(_ name: String) -> Bool {
    Activation.named(name) != nil && name != Activation.softmax.name && name != Activation.logSoftmax.name
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
