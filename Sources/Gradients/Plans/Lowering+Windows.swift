import Tensors

// Convolutions and pooling.
extension Lowering {
  mutating func lowerConvolution(
    _ node: Int, _ operation: Operation, _ inputs: [Int], _ attributes: Attributes, _ out: Buffer
  ) {
    let (a, b) = (graph.nodes[inputs[0]].shape, graph.nodes[inputs[1]].shape)
    let loop: ConvolutionLoop =
      switch operation {
      case .convolution: ConvolutionLoop(.forward, attributes.window, images: a, result: graph.nodes[node].shape, out.dtype)
      case .convolutionInput: ConvolutionLoop(.input, attributes.window, images: graph.nodes[node].shape, result: a, out.dtype)
      default: ConvolutionLoop(.weight, attributes.window, images: a, result: b, out.dtype)
      }
    emit(.convolution(loop, buffer(inputs[0]), buffer(inputs[1]), into: out), cost: cost(node))
  }

  mutating func lowerPooling(_ node: Int, _ operation: Operation, _ x: Int, _ attributes: Attributes, _ out: Buffer) {
    let (from, into) = (graph.nodes[x].shape, graph.nodes[node].shape)
    let isBack = operation == .averagePoolInput
    let layout = WindowLayout(attributes.window, images: isBack ? into : from, result: isBack ? from : into)
    guard let kind = Instruction.Pooling(rawValue: operation.name) else { preconditionFailure("\(operation) pools") }
    emit(.pooling(kind, buffer(x), into: out, layout), cost: cost(node))
  }
}
