extension Chain {
  /// The same chain with what only the next step reads made one step with it: products that are added to something, a sign
  /// that is a factor, and a root within a divisor. Each step is a pass over the entries.
  var withJoinedSteps: Chain {
    var joining = JoinedSteps(self)
    return joining.chain()
  }
}

private struct JoinedSteps {
  let source: Chain
  private var readers: [Int]
  private var isJoined: [Bool]

  init(_ source: Chain) {
    self.source = source
    readers = Array(repeating: 0, count: source.inputs.count + source.steps.count)
    for step in source.steps {
      for operand in step.operands { readers[operand] += 1 }
    }
    for output in source.outputs { readers[output.value] += 1 }
    isJoined = Array(repeating: false, count: source.steps.count)
  }

  mutating func chain() -> Chain {
    let inputs = source.inputs.count
    let steps = source.steps.map { joined($0) }
    var chain = source
    chain.steps = []
    var number = Array(0..<inputs)
    for (i, step) in steps.enumerated() {
      number.append(inputs + chain.steps.count)
      if isJoined[i] { continue }
      chain.steps.append(Chain.Step(step.function, step.operands.map { number[$0] }))
    }
    for i in chain.outputs.indices { chain.outputs[i].value = number[chain.outputs[i].value] }
    return chain
  }

  /// The operands of a step that does this, if nothing else reads it.
  private func operands(of value: Int, _ function: Chain.Function) -> [Int]? {
    let place = value - source.inputs.count
    guard place >= 0, source.steps[place].function == function, readers[value] == 1 else { return nil }
    return source.steps[place].operands
  }

  /// The factors of a product, unless one has been joined to it.
  private func factors(_ value: Int) -> [Int]? {
    operands(of: value, .binary(.multiply)).flatMap { signProduct($0) == nil ? $0 : nil }
  }

  /// The factor that is a sign, what it is the sign of, and the other one.
  private func signProduct(_ factors: [Int]) -> (sign: Int, x: Int, other: Int)? {
    for (sign, other) in [(factors[0], factors[1]), (factors[1], factors[0])] {
      if let x = operands(of: sign, .unary(.sign, parameter: 0)) { return (sign, x[0], other) }
    }
    return nil
  }

  private mutating func take(_ value: Int) { isJoined[value - source.inputs.count] = true }

  private mutating func joined(_ step: Chain.Step) -> Chain.Step {
    guard step.operands.count == 2 else { return step }
    let (a, b) = (step.operands[0], step.operands[1])
    switch step.function {
    case .binary(.add):
      switch (factors(a), factors(b)) {
      case (let left?, let right?) where a != b:
        take(a)
        take(b)
        return Chain.Step(.addProducts, left + right)
      case (let left?, nil):
        take(a)
        return Chain.Step(.multiplyAdd, left + [b])
      case (nil, let right?):
        take(b)
        return Chain.Step(.multiplyAdd, right + [a])
      default: return step
      }
    case .binary(.subtract):
      guard let right = factors(b) else { return step }
      take(b)
      return Chain.Step(.subtractProduct, right + [a])
    case .binary(.multiply):
      guard let (sign, x, other) = signProduct(step.operands) else { return step }
      take(sign)
      return Chain.Step(.signProduct, [x, other])
    case .binary(.divide):
      for place in [0, 1] {
        // A product among the summands has been joined to the sum.
        guard let sum = operands(of: b, .binary(.add)), factors(sum[1 - place]) == nil,
          let x = operands(of: sum[place], .unary(.sqrt, parameter: 0))
        else { continue }
        take(b)
        take(sum[place])
        return Chain.Step(.rootQuotient, [a] + x + [sum[1 - place]])
      }
      return step
    default: return step
    }
  }
}
