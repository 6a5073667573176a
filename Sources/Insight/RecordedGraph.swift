import Gradients
import Tensors

/// The recorded nodes that a loss was computed from.
struct RecordedGraph {
  /// Every node once, operands before results.
  let nodes: [Variable]
  private let consumers: [ObjectIdentifier: [Variable]]

  init(of loss: Variable) {
    var order: [Variable] = []
    var seen: Set<ObjectIdentifier> = []
    // Depth first without recursion: a node comes out when all its operands have.
    var stack: [(node: Variable, next: Int)] = [(loss, 0)]
    seen.insert(ObjectIdentifier(loss))
    while let (node, next) = stack.last {
      guard next < node.inputs.count else {
        order.append(node)
        stack.removeLast()
        continue
      }
      stack[stack.count - 1].next += 1
      let input = node.inputs[next]
      if seen.insert(ObjectIdentifier(input)).inserted { stack.append((input, 0)) }
    }
    nodes = order
    var consumers: [ObjectIdentifier: [Variable]] = [:]
    for node in order {
      for i in 0..<node.inputs.count { consumers[ObjectIdentifier(node.inputs[i]), default: []].append(node) }
    }
    self.consumers = consumers
  }

  /// What was computed from a node directly.
  func consumers(of node: Variable) -> [Variable] { consumers[ObjectIdentifier(node)] ?? [] }

  /// The nodes whose values depend on a node, itself included.
  func results(of start: Variable) -> Set<ObjectIdentifier> {
    var found: Set<ObjectIdentifier> = [ObjectIdentifier(start)]
    for node in nodes where node.inputs.all.contains(where: { found.contains(ObjectIdentifier($0)) }) {
      found.insert(ObjectIdentifier(node))
    }
    return found
  }

  /// The value that a parameter had when the loss was computed.
  func leaf(of parameter: Parameter) -> Variable? { nodes.first { $0.parameter === parameter } }

  /// The loss computed anew in float64, with one number of one leaf changed.
  ///
  /// - Parameter leaf: its changed value stands in place of it.
  func replay(_ leaf: Variable, as value: Tensor) throws -> Double {
    var values: [ObjectIdentifier: Variable] = [:]
    for node in nodes {
      if node === leaf {
        values[ObjectIdentifier(node)] = Variable(value)
      } else if let operation = node.operation {
        let inputs = (0..<node.inputs.count).map { values[ObjectIdentifier(node.inputs[$0])] ?? node.inputs[$0] }
        values[ObjectIdentifier(node)] = Variable(try operation.kernel(Inputs(inputs), node.attributes))
      } else {
        values[ObjectIdentifier(node)] = node.dtype.isFloat ? Variable(try node.value.cast(to: .float64)) : node
      }
    }
    guard let loss = nodes.last, let result = values[ObjectIdentifier(loss)] else { return .nan }
    return try result.value.item()
  }
}
