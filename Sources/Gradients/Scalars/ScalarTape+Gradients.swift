import Tensors

// Gradients.
extension ScalarTape {
  /// The gradients of a number in each of `targets`, recorded if the thread records; none where it does not depend on one.
  ///
  /// - Returns: none where a derivative on the way has no form for single numbers.
  public func gradients(
    of root: ScalarID, in targets: [ScalarID?]
  ) throws(GradientError) -> [ScalarOperand?]? {
    for case let id? in targets { node(id).pointee.marks.insert(.target) }
    defer { for case let id? in targets { node(id).pointee.marks.remove(.target) } }
    let reached = reach(root)
    let isComplete = try GradientError.wrap { () throws(TensorError) in try carryBack(from: root, over: reached) }
    guard isComplete else { return nil }
    return targets.map { id in id.flatMap { gradient(at: $0) } }
  }

  /// What leads from the targets to the root, the root first, and each before all that it was computed from.
  private func reach(_ root: ScalarID) -> [ScalarID] {
    var reached: [ScalarID] = []
    beginWalk()
    touch(root)
    var waiting = 1
    walk(from: root) { id, node in
      guard node.pointee.stamp == stamp, node.pointee.kind == .result else { return waiting > 0 }
      reached.append(id)
      waiting -= 1
      if touch(node.pointee.a) { waiting += 1 }
      if node.pointee.b != .none, touch(node.pointee.b) { waiting += 1 }
      return waiting > 0
    }
    // Upwards: what was computed from a target leads to one.
    for id in reached.reversed() {
      let node = node(id)
      if isNeeded(node.pointee.a) || node.pointee.b != .none && isNeeded(node.pointee.b) {
        node.pointee.marks.insert(.needed)
      }
    }
    return reached
  }

  /// Marks a node as reached; whether it is a result that was not reached before.
  @inline(__always)
  @discardableResult
  private func touch(_ id: ScalarID) -> Bool {
    let node = node(id)
    guard node.pointee.stamp != stamp else { return false }
    node.pointee.stamp = stamp
    node.pointee.marks.subtract([.needed, .hasGradient, .gradientIsTracked])
    if node.pointee.marks.contains(.target) { node.pointee.marks.insert(.needed) }
    guard node.pointee.kind == .result else {
      if node.pointee.kind == .leaf, node.pointee.b != .none {
        touch(node.pointee.b)
        if isNeeded(node.pointee.b) { node.pointee.marks.insert(.needed) }
      }
      return false
    }
    noteTop(id)
    return true
  }

  @inline(__always)
  private func isNeeded(_ id: ScalarID) -> Bool { node(id).pointee.marks.contains(.needed) }

  private func gradient(at id: ScalarID) -> ScalarOperand? {
    let node = node(id).pointee
    guard node.stamp == stamp, node.marks.contains(.hasGradient) else { return nil }
    return node.gradientID == .none ? .constant(node.gradient, isDouble: node.isDouble) : operand(node.gradientID)
  }

  /// False where a derivative on the way has no form for single numbers.
  private func carryBack(from root: ScalarID, over reached: [ScalarID]) throws(TensorError) -> Bool {
    let recorder = Recorder.current
    let site = recorder.isRecording ? recorder.site : nil
    try accumulate(ScalarRegister(value: 1), at: root, site)
    for (turn, id) in reached.enumerated() {
      if turn % ScalarTape.chunkCapacity == 0 { try Interruption.check() }
      let node = node(id)
      guard node.pointee.marks.isSuperset(of: [.needed, .hasGradient]) else { continue }
      let (a, b, kernel) = (node.pointee.a, node.pointee.b, node.pointee.kernel)
      registers[ScalarRule.Register.a] = register(a)
      if b != .none { registers[ScalarRule.Register.b] = register(b) }
      registers[ScalarRule.Register.output] = ScalarRegister(value: node.pointee.value, id: id, isTracked: true)
      registers[ScalarRule.Register.upstream] = gradient(of: node)
      if isNeeded(a) {
        let rule = try rule(kernel, 0)
        if rule.isImpossible { return false }
        try carryBack(by: rule, to: a, site)
      }
      if b != .none, isNeeded(b) {
        let rule = try rule(kernel, 1)
        if rule.isImpossible { return false }
        try carryBack(by: rule, to: b, site)
      }
    }
    return true
  }

  @inline(__always)
  private func register(_ id: ScalarID) -> ScalarRegister {
    let node = node(id)
    return ScalarRegister(
      value: node.pointee.value, id: id, isTracked: node.pointee.kind.rawValue <= ScalarNode.Kind.leaf.rawValue)
  }

  @inline(__always)
  private func gradient(of node: UnsafeMutablePointer<ScalarNode>) -> ScalarRegister {
    ScalarRegister(
      value: node.pointee.gradient, id: node.pointee.gradientID, isTracked: node.pointee.marks.contains(.gradientIsTracked))
  }

  /// Adds to the gradient of one operand what comes through the node whose numbers are in the registers.
  private func carryBack(by rule: ScalarRule, to operand: ScalarID, _ site: Int32?) throws(TensorError) {
    guard rule.result >= 0 else { return }
    var next = ScalarRule.Register.first
    for place in Int(rule.first)..<Int(rule.first) + Int(rule.count) {
      let step = ruleSteps[place]
      registers[next] =
        switch step.action {
        case .apply: try apply(step.kernel, registers[Int(step.a)], registers[Int(step.b)], site: site)
        case .select: registers[Int(step.a)].value != 0 ? registers[Int(step.b)] : registers[Int(step.c)]
        case .constant: ScalarRegister(value: step.number)
        }
      next += 1
    }
    try accumulate(registers[Int(rule.result)], at: operand, site)
  }

  /// Adds to what has come to a node so far.
  @inline(__always)
  private func accumulate(_ gradient: ScalarRegister, at id: ScalarID, _ site: Int32?) throws(TensorError) {
    var node = node(id)
    if node.pointee.kind == .leaf, node.pointee.b != .none { node = self.node(node.pointee.b) }
    var sum = gradient
    if node.pointee.marks.contains(.hasGradient) {
      sum = try apply(addition + (node.pointee.isDouble ? 1 : 0), self.gradient(of: node), gradient, site: site)
    }
    node.pointee.gradient = sum.value
    node.pointee.gradientID = sum.id
    node.pointee.marks.insert(sum.isTracked ? [.hasGradient, .gradientIsTracked] : .hasGradient)
  }
}
