import Tensors

extension Lowering {
  /// The chain of some nodes.
  mutating func lowered(_ nodes: [Int]) throws(TensorError) -> Instruction {
    guard let member = nodes.first.flatMap({ fusion.member($0) }) else { preconditionFailure("a chain has members") }
    var building = ChainBuilding(Chain(count: member.count, dtype: member.dtype))
    for node in nodes { add(node, to: &building) }
    return .chain(building.chain)
  }

  private mutating func add(_ node: Int, to building: inout ChainBuilding) {
    guard case .result(let operation, let inputs, let attributes) = graph.nodes[node].source,
      let member = fusion.member(node)
    else { return }
    let shape = member.isSum ? graph.nodes[inputs[0]].shape : graph.nodes[node].shape
    var operands: [Int] = []
    for input in inputs { operands.append(operand(input, over: shape, member, fusion.chainOfNode[node], &building)) }
    if member.isSum {
      building.outputs.append((operands[0], buffer(node), operation == .sumOfSquares ? .sumOfSquares : .sum))
      return
    }
    guard let form = ElementwiseForm(operation, attributes) else { return }
    var last = -1
    for step in form.steps where operation != .cast {
      var values: [Int] = []
      for operand in step.operands {
        switch operand {
        case .input(let i): values.append(operands[i])
        case .last: values.append(last)
        case .number(let number): values.append(building.input(.init(constants.buffer(number, member.dtype))))
        }
      }
      last = building.step(.init(step.function, values))
    }
    // Bools are numbers within a chain, so that a cast of them is nothing.
    if operation == .cast { last = operands[0] }
    building.valueOfNode[node] = last
    if schedule.isStored[node] { building.outputs.append((last, buffer(node), .entries)) }
  }

  private mutating func operand(
    _ input: Int, over shape: Shape, _ member: Fusion.Member, _ chain: Int, _ building: inout ChainBuilding
  ) -> Int {
    if let number = graph.nodes[input].splat { return building.input(.init(constants.buffer(number, member.dtype))) }
    let (node, pattern) = views.operand(input, over: shape)
    let root = views.root[node]
    if fusion.chainOfNode[root] == chain, fusion.canJoin(node, member), let value = building.valueOfNode[root] { return value }
    return building.input(.init(buffer(node), inner: pattern.inner))
  }
}

/// A chain while it is written: inputs are numbered from 0 up, and steps from −1 down, until all inputs are known.
private struct ChainBuilding {
  private var made: Chain
  private var numberOfInput: [Chain.Input: Int] = [:]
  var valueOfNode: [Int: Int] = [:]
  var outputs: [(value: Int, buffer: Buffer, kind: Chain.Output.Kind)] = []

  init(_ chain: Chain) { made = chain }

  mutating func input(_ input: Chain.Input) -> Int {
    if let found = numberOfInput[input] { return found }
    made.inputs.append(input)
    numberOfInput[input] = made.inputs.count - 1
    return made.inputs.count - 1
  }

  mutating func step(_ step: Chain.Step) -> Int {
    made.steps.append(step)
    return -made.steps.count
  }

  /// With the final numbers.
  var chain: Chain {
    var chain = made
    func final(_ value: Int) -> Int { value >= 0 ? value : made.inputs.count - value - 1 }
    for i in chain.steps.indices { chain.steps[i].operands = chain.steps[i].operands.map(final) }
    chain.outputs = outputs.map { Chain.Output(final($0.value), to: $0.buffer, $0.kind) }
    return chain
  }
}
