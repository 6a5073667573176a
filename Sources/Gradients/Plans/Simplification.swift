import Tensors

/// Builds a graph again with less work in it: what is computed twice is computed once, what is constant or changes nothing
/// not at all, and what no output needs is left out.
struct Simplification {
  private(set) var graph = Graph()
  private let old: Graph
  private var newNode: [Int]
  private var known: [Key: Int] = [:]
  // By old node: how many others read it.
  private var readers: [Int]
  private var splats: [Int: Double?] = [:]

  private struct Key: Hashable {
    let operation: ObjectIdentifier
    let inputs: [Int]
    let attributes: Attributes
  }

  /// - Parameter outputs: the nodes that are wanted.
  init(_ old: Graph, outputs: [Int]) throws(TensorError) {
    self.old = old
    newNode = Array(repeating: -1, count: old.nodes.count)
    readers = Array(repeating: 0, count: old.nodes.count)
    let needed = Simplification.reachable(in: old, from: outputs)
    for (i, node) in old.nodes.enumerated() where needed[i] {
      for input in node.inputs { readers[input] += 1 }
    }
    for output in outputs { readers[output] += 1 }
    for (i, node) in old.nodes.enumerated() where needed[i] {
      switch node.source {
      case .input, .constant: newNode[i] = graph.append(node.source, node.shape, node.dtype)
      case .result(let operation, let inputs, let attributes):
        if let sum = try productSum(operation, inputs, node) {
          newNode[i] = sum
        } else {
          newNode[i] = try add(operation, inputs.map { newNode[$0] }, attributes, node)
        }
      }
    }
    compact(outputs)
  }

  /// Where a node of the old graph is now.
  func place(of node: Int) -> Int { newNode[node] }

  /// Leaves out what turned out not to be needed.
  private mutating func compact(_ outputs: [Int]) {
    let needed = Simplification.reachable(in: graph, from: outputs.map { newNode[$0] })
    var kept = Graph()
    var place = Array(repeating: -1, count: graph.nodes.count)
    for (i, node) in graph.nodes.enumerated() where needed[i] {
      var source = node.source
      if case .result(let operation, let inputs, let attributes) = source {
        source = .result(operation, inputs.map { place[$0] }, attributes)
      }
      place[i] = kept.append(source, node.shape, node.dtype, site: node.site)
    }
    graph = kept
    newNode = newNode.map { $0 >= 0 ? place[$0] : -1 }
  }

  static func reachable(in graph: Graph, from outputs: [Int]) -> [Bool] {
    var isNeeded = Array(repeating: false, count: graph.nodes.count)
    for output in outputs { isNeeded[output] = true }
    for i in graph.nodes.indices.reversed() where isNeeded[i] {
      for input in graph.nodes[i].inputs { isNeeded[input] = true }
    }
    return isNeeded
  }

  private mutating func add(
    _ operation: Operation, _ inputs: [Int], _ attributes: Attributes, _ node: Graph.Node
  ) throws(TensorError) -> Int {
    if let same = shortcut(operation, inputs, attributes, node) { return same }
    if operation == .slice, case .result(.slice, let inner, let outer) = graph.nodes[inputs[0]].source {
      return try add(
        .slice, inner, .ranges(zip(outer.ranges, attributes.ranges).map { $1.within($0) }, of: graph.nodes[inner[0]].shape), node)
    }
    if operation == .add, let whole = try assembled(inputs, node) { return whole }
    if operation == .sum, let split = try splitSum(inputs[0], attributes, node) { return split }
    if operation == .mean { return try addMean(inputs[0], attributes, node) }
    let inputs = try stretched(operation, try inTypeOfResult(operation, inputs, node), node)
    let key = Key(operation: ObjectIdentifier(operation), inputs: inputs, attributes: attributes)
    if let found = known[key] { return found }
    let made: Int
    if inputs.allSatisfy({ graph.nodes[$0].constant != nil }), !inputs.isEmpty {
      let operands = Inputs(inputs.compactMap { graph.nodes[$0].constant.map(Variable.init) })
      made = graph.append(.constant(try operation.kernel(operands, attributes)), node.shape, node.dtype)
    } else {
      made = graph.append(.result(operation, inputs, attributes), node.shape, node.dtype, site: node.site)
    }
    known[key] = made
    return made
  }

  /// The sum of something and a product that nothing else reads, as one product that is added.
  private mutating func productSum(_ operation: Operation, _ inputs: [Int], _ node: Graph.Node) throws(TensorError) -> Int? {
    guard operation == .add, node.shape.rank == 2, node.dtype.isFloat else { return nil }
    for (product, other) in [(inputs[1], inputs[0]), (inputs[0], inputs[1])] {
      guard readers[product] == 1, old.nodes[other].shape == node.shape, old.nodes[other].dtype == node.dtype,
        old.nodes[product].shape == node.shape,
        case .result(.matmul, let factors, let attributes) = graph.nodes[newNode[product]].source
      else { continue }
      return try add(.matmulAdd, [newNode[other]] + factors, attributes, node)
    }
    return nil
  }

  /// The sum of slices that were written into zeros, as one whole, where they lie apart.
  private mutating func assembled(_ inputs: [Int], _ node: Graph.Node) throws(TensorError) -> Int? {
    guard let left = pieces(inputs[0]), let right = pieces(inputs[1]) else { return nil }
    for a in left {
      for b in right {
        guard zip(a.ranges, b.ranges).contains(where: { $0.isApart(from: $1) }) else { return nil }
      }
    }
    let all = left + right
    return try add(.assemble, all.map(\.part), .pieces(all.map(\.ranges), of: node.shape), node)
  }

  /// What was written where, pieces of pieces counted by themselves.
  private func pieces(_ node: Int) -> [(part: Int, ranges: [Attributes.Range])]? {
    let outer: [(part: Int, ranges: [Attributes.Range])]
    switch graph.nodes[node].source {
    case .result(.placeSlice, let inputs, let attributes): outer = [(inputs[0], attributes.ranges)]
    case .result(.assemble, let inputs, let attributes): outer = Array(zip(inputs, attributes.pieces)).map { ($0, $1) }
    default: return nil
    }
    return outer.flatMap { piece in
      guard let inner = pieces(piece.part), inner.allCover(graph.nodes[piece.part].shape) else { return [piece] }
      return inner.map { (part: $0.part, ranges: zip(piece.ranges, $0.ranges).map { $1.within($0) }) }
    }
  }

  /// A sum over dimensions that lie apart is one over the last of them and then over the others.
  private mutating func splitSum(_ x: Int, _ attributes: Attributes, _ node: Graph.Node) throws(TensorError) -> Int? {
    let axes = attributes.axes
    guard node.dtype.isFloat, let start = axes.indices.dropFirst().last(where: { axes[$0] != axes[$0 - 1] + 1 }) else {
      return nil
    }
    let (rest, last) = (Array(axes[..<start]), Array(axes[start...]))
    var inner = node
    inner.shape = graph.nodes[x].shape.reduced(along: last, keepdims: attributes.keepdims)
    let sums = try add(.sum, [x], .axes(last, keepdims: attributes.keepdims), inner)
    return try add(.sum, [sums], .axes(rest, keepdims: attributes.keepdims), node)
  }

  /// A mean is a sum and a division, which may join a chain.
  private mutating func addMean(_ x: Int, _ attributes: Attributes, _ node: Graph.Node) throws(TensorError) -> Int {
    let length = graph.nodes[x].shape.count / max(1, node.shape.count)
    let sum = try add(.sum, [x], attributes, node)
    let number = graph.append(.constant(try Tensor(Double(length), dtype: node.dtype)), .scalar, node.dtype)
    return try add(.divide, [sum, number], .none, node)
  }

  /// Operands that chains cannot read as they lie get a copy in the result's shape.
  private mutating func stretched(
    _ operation: Operation, _ inputs: [Int], _ node: Graph.Node
  ) throws(TensorError) -> [Int] {
    guard operation.isElementwiseInChains else { return inputs }
    var result: [Int] = []
    for input in inputs {
      let source = graph.nodes[input]
      if Pattern(of: source.shape, over: node.shape) != nil || splat(input) != nil {
        result.append(input)
      } else {
        let wide = Graph.Node(source: .input(0), shape: node.shape, dtype: source.dtype, site: node.site)
        result.append(try add(.expand, [input], .shape(node.shape), wide))
      }
    }
    return result
  }

  /// An operand that the result equals.
  private mutating func shortcut(
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
      if isUnchanged(x), splat(inputs[1]) == 0 { return x }
      return isUnchanged(inputs[1]) && splat(x) == 0 ? inputs[1] : nil
    case .subtract: return isUnchanged(x) && splat(inputs[1]) == 0 ? x : nil
    case .multiply:
      if isUnchanged(x), splat(inputs[1]) == 1 { return x }
      return isUnchanged(inputs[1]) && splat(x) == 1 ? inputs[1] : nil
    case .divide, .power: return isUnchanged(x) && splat(inputs[1]) == 1 ? x : nil
    default: return nil
    }
  }

  private func isReordering(_ attributes: Attributes) -> Bool {
    guard case .ranges(let ranges, _) = attributes else { return false }
    return ranges.contains { $0.step < 0 && $0.count > 1 }
  }

  /// The number that a constant holds everywhere.
  private mutating func splat(_ node: Int) -> Double? {
    if let found = splats[node] { return found }
    let number = graph.nodes[node].constant?.splat
    splats[node] = number
    return number
  }

  /// What computes in one type besides arithmetic.
  private static let inOneType: [Operation] = [
    .matmul, .matmulAdd, .convolution, .convolutionInput, .convolutionWeight, .concat,
  ]

  /// Arithmetic happens in one type: operands of another are cast by a node of their own.
  private mutating func inTypeOfResult(
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
        let cast = Graph.Node(source: .input(0), shape: source.shape, dtype: common, site: node.site)
        result.append(try add(.cast, [input], .dtype(common), cast))
      }
    }
    return result
  }
}

extension [(part: Int, ranges: [Attributes.Range])] {
  /// Whether pieces that lie apart leave nothing of a shape.
  fileprivate func allCover(_ shape: Shape) -> Bool {
    reduce(0) { $0 + $1.ranges.reduce(1) { $0 * $1.count } } == shape.count
  }
}
