import Tensors

// Operations with instructions of their own; the others are called on tensors.
extension Lowering {
  mutating func lower(_ node: Int) throws(TensorError) {
    guard case .result(let operation, let inputs, let attributes) = graph.nodes[node].source else { return }
    let shape = graph.nodes[node].shape
    let out = buffer(node)
    let x = inputs.first.map { graph.nodes[$0] }
    if let product = fusion.merging.products[node] { return lowerProduct(product, out, rectifies: true) }
    switch operation {
    case .matmul, .matmulAdd: lowerProduct(node, out)
    case .sum where x?.dtype.isFloat == true: lowerSum(inputs[0], attributes.axes, out, cost: cost(node))
    case .softmax where isLast(attributes.axis, x), .logSoftmax where isLast(attributes.axis, x):
      lowerRows(operation == .softmax ? .softmax : .logSoftmax, inputs[0], out, cost: cost(node))
    case .logsumexp where attributes.axes == [(x?.shape.rank ?? 0) - 1] && x?.dtype.isFloat == true:
      lowerRows(.logsumexp, inputs[0], out, cost: cost(node))
    case .transpose: lowerTranspose(inputs[0], attributes.permutation, out, shape)
    case .expand: lowerExpand(inputs[0], out, shape)
    case .slice: lowerSlice(inputs[0], attributes.ranges, out, shape)
    case .placeSlice: lowerPieces(inputs, [attributes.ranges], out, shape)
    case .assemble: lowerPieces(inputs, attributes.pieces, out, shape)
    case .concat: lowerConcat(inputs, attributes.axis, out, shape)
    case .gather, .scatterAdd, .gatherAlong, .scatterAddAlong: lowerGather(operation, inputs, attributes, out, cost: cost(node))
    case .cast where x.map({ Instruction.canConvert(from: $0.dtype, to: graph.nodes[node].dtype) }) == true:
      emit(.convert(buffer(inputs[0]), into: out), cost: 0)
    case .oneHot where x?.dtype == .int64:
      emit(.oneHot(places: buffer(inputs[0]), into: out, classes: attributes.length), cost: 0)
    case .dropoutMask:
      emit(
        .dropoutMask(chance: buffer(inputs[0]), draw: attributes.draw.place, p: attributes.draw.p, into: out),
        cost: 16 * out.count)
    case .convolution, .convolutionInput, .convolutionWeight: lowerConvolution(node, operation, inputs, attributes, out)
    case .maxPoolPlaces where x?.dtype.isFloat == true, .averagePool where x?.dtype.isFloat == true,
      .averagePoolInput where x?.dtype.isFloat == true:
      lowerPooling(node, operation, inputs[0], attributes, out)
    default:
      let operands = inputs.map { (buffer: buffer($0), shape: graph.nodes[$0].shape) }
      emit(
        .call(
          .init(operation.name, operands, into: out) { tensors in
            try operation.kernel(Inputs(tensors.map { Variable($0) }), attributes)
          }), cost: cost(node))
    }
  }

  mutating func lower(_ loss: SoftmaxLosses.Loss) {
    let out = buffer(loss.gradient)
    emit(
      .softmaxLoss(
        .init(buffer(loss.logits), at: buffer(loss.places), upstream: loss.upstream, taken: buffer(loss.taken), gradient: out)),
      cost: 10 * out.count)
  }

  private func isLast(_ axis: Int, _ x: Graph.Node?) -> Bool {
    guard let x else { return false }
    return axis == x.shape.rank - 1 && x.dtype.isFloat
  }

  private mutating func lowerRows(_ function: Instruction.RowFunction, _ x: Int, _ out: Buffer, cost: Int) {
    let shape = graph.nodes[x].shape
    let columns = shape[shape.rank - 1]
    emit(.rows(function, buffer(x), into: out, rows: columns == 0 ? 0 : shape.count / columns, columns: columns), cost: 8 * cost)
  }

  /// Axes lie side by side: other sums were split before.
  private mutating func lowerSum(_ x: Int, _ axes: [Int], _ out: Buffer, cost: Int) {
    let shape = graph.nodes[x].shape
    guard let first = axes.first, let last = axes.last else { return }
    func size(_ range: Range<Int>) -> Int { shape.dimensions[range].reduce(1, *) }
    emit(
      .sum(
        buffer(x), into: out, outer: size(0..<first), length: size(first..<last + 1), inner: size(last + 1..<shape.rank)),
      cost: cost)
  }

  private mutating func lowerTranspose(_ x: Int, _ permutation: [Int], _ out: Buffer, _ shape: Shape) {
    let strides = graph.nodes[x].shape.strides
    emit(
      .copy(
        .init(
          buffer(x), into: out, sizes: shape.dimensions, fromStrides: permutation.map { strides[$0] },
          intoStrides: shape.strides)), cost: 0)
  }

  private mutating func lowerExpand(_ x: Int, _ out: Buffer, _ shape: Shape) {
    let small = graph.nodes[x].shape
    let missing = shape.rank - small.rank
    let strides = small.strides
    let repeating = shape.dimensions.indices.map { axis in
      axis < missing || small[axis - missing] != shape[axis] ? 0 : strides[axis - missing]
    }
    emit(
      .copy(.init(buffer(x), into: out, sizes: shape.dimensions, fromStrides: repeating, intoStrides: shape.strides)),
      cost: 0)
  }

  private mutating func lowerSlice(_ x: Int, _ ranges: [Attributes.Range], _ out: Buffer, _ shape: Shape) {
    let strides = graph.nodes[x].shape.strides
    let sizes = ranges.map(\.count)
    emit(
      .copy(
        .init(
          buffer(x), into: out, sizes: sizes, fromStart: zip(ranges, strides).reduce(0) { $0 + $1.0.start * $1.1 },
          fromStrides: zip(ranges, strides).map { $0.step * $1 }, intoStrides: shape.strides)), cost: 0)
  }

  /// Pieces that lie apart, in zeros as far as they leave any.
  private mutating func lowerPieces(_ inputs: [Int], _ pieces: [[Attributes.Range]], _ out: Buffer, _ shape: Shape) {
    let strides = shape.strides
    let covered = inputs.reduce(0) { $0 + graph.nodes[$1].shape.count }
    if covered < shape.count { emit(.fill(out, 0), cost: 0) }
    for (input, ranges) in zip(inputs, pieces) {
      let sizes = ranges.map(\.count)
      if let start = Views.start(of: .ranges(ranges, of: shape)), isInPlace(input, start, of: out) { continue }
      emit(
        .copy(
          .init(
            buffer(input), into: out, sizes: sizes, fromStrides: graph.nodes[input].shape.strides,
            intoStart: zip(ranges, strides).reduce(0) { $0 + $1.0.start * $1.1 },
            intoStrides: zip(ranges, strides).map { $0.step * $1 })), cost: 0)
    }
  }

  private mutating func lowerConcat(_ inputs: [Int], _ axis: Int, _ out: Buffer, _ shape: Shape) {
    let strides = shape.strides
    var start = 0
    for input in inputs {
      let part = graph.nodes[input].shape
      defer { start += part[axis] }
      if isInPlace(input, start * strides[axis], of: out) { continue }
      emit(
        .copy(
          .init(
            buffer(input), into: out, sizes: part.dimensions, fromStrides: part.strides,
            intoStart: start * strides[axis], intoStrides: strides)), cost: 0)
    }
  }

  /// Whether a part was computed where it is wanted.
  private mutating func isInPlace(_ part: Int, _ start: Int, of whole: Buffer) -> Bool {
    buffer(part) == whole.advanced(by: start, count: graph.nodes[part].shape.count)
  }

  private mutating func lowerGather(
    _ operation: Operation, _ inputs: [Int], _ attributes: Attributes, _ out: Buffer, cost: Int
  ) {
    let (x, places) = (graph.nodes[inputs[0]].shape, graph.nodes[inputs[1]].shape)
    let axis = attributes.axis
    let outer = x.dimensions[..<axis].reduce(1, *)
    let isTaking = operation == .gather || operation == .gatherAlong
    let isAlong = operation == .gatherAlong || operation == .scatterAddAlong
    let length = isTaking ? x[axis] : attributes.length
    // Behind the places stands what a place means: one dimension in the operand, all of theirs in what is added.
    let behind = isTaking || isAlong ? axis + 1 : axis + places.rank
    emit(
      .gather(
        .init(
          isTaking ? (isAlong ? .takeAlong : .take) : (isAlong ? .addAlong : .add), buffer(inputs[0]), at: buffer(inputs[1]),
          into: out, outer: outer, length: length, inner: x.dimensions[behind...].reduce(1, *))), cost: cost)
  }
}

extension Lowering {
  /// The factors are what the operation reads last.
  private mutating func lowerProduct(_ node: Int, _ out: Buffer, rectifies: Bool = false) {
    guard case .result(_, let inputs, let attributes) = graph.nodes[node].source else { return }
    let a = views.matrix(inputs[inputs.count - 2], transposed: attributes.transposes.left)
    let b = views.matrix(inputs[inputs.count - 1], transposed: attributes.transposes.right)
    let shape = graph.nodes[node].shape
    let (rows, columns) = (shape[shape.rank - 2], shape[shape.rank - 1])
    let aShape = graph.nodes[a.node].shape
    let inner = aShape[aShape.rank - (a.transposed ? 2 : 1)]
    let batches = Array(shape.dimensions.dropLast(2))
    var product = Instruction.Product(
      matrix(a.node, a.transposed), matrix(b.node, b.transposed), into: out, rows: rows, inner: inner, columns: columns,
      batches: zip(starts(a.node, over: batches), starts(b.node, over: batches)).map { (a: $0, b: $1) })
    let bias = views.bias(of: node)
    if inputs.count == 3 { product.added = buffer(bias ?? inputs[0]) }
    product.addsRow = bias != nil
    product.rectifies = rectifies
    for part in Lowering.parts(of: product, cost: cost(node)) { emit(.product(part.product), cost: part.cost) }
  }

  /// Multiply-adds of one instruction, some milliseconds, so that an interrupt does not wait for a large product.
  private static let mostWork = 1 << 30

  /// A large product in parts of some rows each; their edges depend on its shape alone.
  private static func parts(of product: Instruction.Product, cost: Int) -> [(product: Instruction.Product, cost: Int)] {
    guard cost > mostWork, product.batches.count == 1 else { return [(product, cost)] }
    let count = (cost + mostWork - 1) / mostWork
    let height = ((product.rows + count - 1) / count + 63) / 64 * 64
    return stride(from: 0, to: product.rows, by: height).map { start in
      var part = product
      part.rows = min(height, product.rows - start)
      part.batches = [(a: product.batches[0].a + start * product.a.rowStride, b: product.batches[0].b)]
      part.out = product.out.advanced(by: start * product.columns, count: part.rows * product.columns)
      if !product.addsRow { part.added = product.added?.advanced(by: start * product.columns, count: part.out.count) }
      return (part, cost / product.rows * part.rows)
    }
  }

  private mutating func matrix(_ node: Int, _ transposed: Bool) -> Instruction.Matrix {
    let shape = graph.nodes[node].shape
    let width = shape[shape.rank - 1]
    return Instruction.Matrix(buffer(node), rowStride: transposed ? 1 : width, columnStride: transposed ? width : 1)
  }

  /// The first element of the operand's matrix for each batch of the result.
  private func starts(_ node: Int, over batches: [Int]) -> [Int] {
    let shape = graph.nodes[node].shape
    let own = Array(shape.dimensions.dropLast(2))
    let size = shape.dimensions.suffix(2).reduce(1, *)
    var starts = [0]
    var stride = size
    var strides = [Int](repeating: 0, count: batches.count)
    for (i, length) in own.enumerated().reversed() {
      let axis = batches.count - own.count + i
      strides[axis] = length == 1 ? 0 : stride
      stride *= length
    }
    for (axis, length) in batches.enumerated() {
      starts = starts.flatMap { start in (0..<length).map { start + $0 * strides[axis] } }
    }
    return starts
  }
}
