import Tensors

// Numbers as recorded variables.
extension ScalarTape {
  /// The number as a variable, recorded with all that it was computed from; always the same as long as its chunk is kept.
  public func variable(of id: ScalarID) -> Variable {
    if node(id).pointee.kind == .leaf { return leaf(id) }
    if let made = made(id) { return made }
    for id in unmadeOperands(of: id).reversed() {
      let node = node(id).pointee
      let kernel = kernels[Int(node.kernel)]
      let a = made(operand: node.a)
      let inputs: Inputs = node.b == .none ? .one(a) : .two(a, made(operand: node.b))
      let variable = Variable(
        tensor(of: id), recorded: kernel.operation, inputs: inputs, attributes: kernel.attributes, site: node.site)
      chunks[ScalarTape.slot(of: id)].variables[Int(ScalarTape.place(of: id))] = variable
    }
    guard let made = made(id) else { preconditionFailure("the last variable is that of the number itself") }
    return made
  }

  private func made(_ id: ScalarID) -> Variable? {
    chunks[ScalarTape.slot(of: id)].variables[Int(ScalarTape.place(of: id))]
  }

  private func made(operand id: ScalarID) -> Variable {
    let node = node(id).pointee
    switch node.kind {
    case .leaf: return leaf(id)
    case .constant: return Variable(tensor(of: id))
    case .number: return Variable(Tensor(single: node.gradient, .float64, isNumber: true))
    case .wholeNumber: return Variable(Tensor(single: node.gradient, .int64, isNumber: true))
    case .truth: return Variable(Tensor(single: node.gradient, .bool, isNumber: true))
    case .result:
      guard let made = made(id) else { preconditionFailure("operands are made first") }
      return made
    }
  }

  /// What has yet to be made a variable for this number, itself first, and each before all that it was computed from.
  private func unmadeOperands(of root: ScalarID) -> [ScalarID] {
    var found: [ScalarID] = []
    beginWalk()
    node(root).pointee.stamp = stamp
    var waiting = 1
    walk(from: root) { id, node in
      guard node.pointee.stamp == stamp, node.pointee.kind == .result else { return waiting > 0 }
      found.append(id)
      waiting -= 1
      for operand in [node.pointee.a, node.pointee.b] where operand != .none {
        let other = self.node(operand)
        guard other.pointee.kind == .result, other.pointee.stamp != stamp, made(operand) == nil else { continue }
        other.pointee.stamp = stamp
        noteTop(operand)
        waiting += 1
      }
      return waiting > 0
    }
    return found
  }

  /// Goes back over the nodes that were noted, newest first, as long as `visit` says to go on.
  @inline(__always)
  func walk(from root: ScalarID, _ visit: (ScalarID, UnsafeMutablePointer<ScalarNode>) -> Bool) {
    noteTop(root)
    var position = chunks[ScalarTape.slot(of: root)].position
    var goesOn = true
    while position >= 0 {
      let slot = order[position]
      var place = Int(states[slot].top)
      while goesOn, place >= 0 {
        goesOn = visit(ScalarTape.id(slot: slot, place: UInt8(truncatingIfNeeded: place)), bases[slot] + place)
        place -= 1
      }
      // What was noted is forgotten, also where the walk has ended.
      states[slot].top = -1
      position -= 1
    }
  }
}
