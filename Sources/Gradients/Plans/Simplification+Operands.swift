import Tensors

// Operands as instructions can read them.
extension Simplification {
  /// Operands that chains cannot read as they lie get a copy in the result's shape.
  mutating func stretched(
    _ operation: Operation, _ inputs: [Int], _ node: Graph.Node
  ) throws(TensorError) -> [Int] {
    guard operation.isElementwiseInChains else { return inputs }
    var result: [Int] = []
    for input in inputs {
      let source = graph.nodes[input]
      if Pattern(of: source.shape, over: node.shape) != nil || source.splat != nil {
        result.append(input)
      } else {
        let wide = Graph.Node(.input(0), node.shape, source.dtype, site: node.site)
        result.append(try add(.expand, [input], .shape(node.shape), wide))
      }
    }
    return result
  }

  /// What computes in one type besides arithmetic.
  private static let inOneType: [Operation] = [
    .matmul, .matmulAdd, .convolution, .convolutionInput, .convolutionWeight, .concat,
  ]

  /// Arithmetic happens in one type: operands of another are cast by a node of their own.
  mutating func inTypeOfResult(
    _ operation: Operation, _ inputs: [Int], _ node: Graph.Node
  ) throws(TensorError) -> [Int] {
    guard operation.isElementwiseInChains || Simplification.inOneType.contains(operation) else { return inputs }
    var common = node.dtype
    if node.dtype == .bool {
      let types = inputs.map { graph.nodes[$0].dtype }
      guard types.contains(where: \.isFloat) else { return inputs }
      let widest = zip(inputs, types).filter { $1.isFloat && graph.nodes[$0].constant?.isNumber != true }.map(\.1)
      common = widest.contains(.float64) || (widest.isEmpty && DType.defaultFloat == .float64) ? .float64 : .float32
    }
    guard common.isFloat else { return inputs }
    var result: [Int] = []
    for (i, input) in inputs.enumerated() {
      let source = graph.nodes[input]
      if source.dtype == common || source.dtype == .bool || (operation == .where && i == 0) {
        result.append(input)
      } else {
        let cast = Graph.Node(.input(0), source.shape, common, site: node.site)
        result.append(try add(.cast, [input], .dtype(common), cast))
      }
    }
    return result
  }
}
