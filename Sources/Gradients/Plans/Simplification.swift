import Tensors

/// Builds a graph again with less work in it: what is computed twice is computed once, what is constant or changes nothing
/// not at all, and what no output needs is left out.
struct Simplification {
  private(set) var graph = Graph()
  let old: Graph
  private(set) var newNode: [Int]
  private var known: [Key: Int] = [:]
  // By old node: how many others read it.
  private(set) var readers: [Int]
  private var numbers: [Number: Int] = [:]

  private struct Key: Hashable {
    let operation: ObjectIdentifier
    let inputs: [Int]
    let attributes: Attributes
  }

  private struct Number: Hashable {
    let bits: UInt64
    let dtype: DType
    let shape: Shape
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
      case .input: newNode[i] = graph.append(node.source, node.shape, node.dtype)
      case .constant(let tensor): newNode[i] = addConstant(tensor)
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
    for (i, node) in graph.nodes.enumerated() where needed[i] { place[i] = kept.append(node, readingFrom: place) }
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

  mutating func add(
    _ operation: Operation, _ inputs: [Int], _ attributes: Attributes, _ node: Graph.Node
  ) throws(TensorError) -> Int {
    if let same = shortcut(operation, inputs, attributes, node) { return same }
    if operation == .slice, case .result(.slice, let inner, let outer) = graph.nodes[inputs[0]].source {
      return try add(
        .slice, inner, .ranges(zip(outer.ranges, attributes.ranges).map { $1.within($0) }, of: graph.nodes[inner[0]].shape), node)
    }
    if operation == .add, let whole = try assembled(inputs, node) { return whole }
    if operation == .sum, let entries = scattered(inputs[0], attributes) { return try add(.sum, [entries], attributes, node) }
    if operation == .sum, let split = try splitSum(inputs[0], attributes, node) { return split }
    if operation == .mean { return try addMean(inputs[0], attributes, node) }
    let inputs = try stretched(operation, try inTypeOfResult(operation, inputs, node), node)
    let key = Key(operation: ObjectIdentifier(operation), inputs: inputs, attributes: attributes)
    if let found = known[key] { return found }
    let made: Int
    if inputs.allSatisfy({ graph.nodes[$0].constant != nil }), !inputs.isEmpty {
      let operands = Inputs(inputs.compactMap { graph.nodes[$0].constant.map(Variable.init) })
      made = addConstant(try operation.kernel(operands, attributes))
    } else {
      made = graph.append(.result(operation, inputs, attributes), node.shape, node.dtype, site: node.site)
    }
    known[key] = made
    return made
  }

  /// A constant; single numbers are the same node wherever they are equal, so that what is computed with them is found again.
  mutating func addConstant(_ tensor: Tensor) -> Int {
    guard tensor.shape.count == 1, let value = tensor.splat else {
      return graph.append(.constant(tensor), tensor.shape, tensor.dtype)
    }
    let key = Number(bits: value.bitPattern, dtype: tensor.dtype, shape: tensor.shape)
    if let found = numbers[key] { return found }
    let made = graph.append(.constant(tensor), tensor.shape, tensor.dtype)
    numbers[key] = made
    return made
  }
}
