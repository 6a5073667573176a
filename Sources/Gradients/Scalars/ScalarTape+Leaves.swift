import Tensors

// Starts of differentiation.
extension ScalarTape {
  /// A variable as an operand: a start of differentiation or a constant; none where it was recorded, or is no single number
  /// of a float type.
  @inline(__always)
  public func operand(_ variable: Variable) throws(TensorError) -> ScalarOperand? {
    if variable.tape == address { return operand(variable.tapePlace) }
    return try newOperand(variable)
  }

  /// A parameter's value as an operand.
  @inline(__always)
  public func operand(_ parameter: Parameter) throws(TensorError) -> ScalarOperand? {
    if let id = parameter.place(in: self) { return operand(id) }
    return try newOperand(parameter.variable)
  }

  @inline(never)
  private func newOperand(_ variable: Variable) throws(TensorError) -> ScalarOperand? {
    let tensor = variable.data
    guard variable.operation == nil, variable.tape == nil, tensor.rank == 0 else { return nil }
    guard variable.isTracked else {
      if tensor.isNumber {
        switch tensor.dtype {
        case .bool: return .truth(try tensor.item() != 0)
        case .int64: return .whole(try tensor.intItem())
        case .float32, .float64: return .number(try tensor.item())
        }
      }
      return tensor.dtype.isFloat ? .constant(try tensor.item(), isDouble: tensor.dtype == .float64) : nil
    }
    guard tensor.dtype.isFloat else { return nil }
    var node = ScalarNode(value: try tensor.item(), kind: .leaf)
    if tensor.dtype == .float64 { node.marks = .isDouble }
    if let parameter = variable.parameter, let tape = parameter.tape {
      let earlier = parameter.tapePlace
      guard tape == address, self.node(earlier).pointee.isDouble == node.isDouble else { return nil }
      node.b = earlier
    }
    return .node(try add(variable, node), node)
  }

  private func add(_ variable: Variable, _ node: ScalarNode) throws(TensorError) -> ScalarID {
    if freeLeaves.isEmpty {
      let slot = try takeSlot()
      chunks[slot].count = ScalarTape.chunkCapacity
      for place in 0..<ScalarTape.chunkCapacity {
        (bases[slot] + place).initialize(to: node)
        leafIDs.append(ScalarTape.id(slot: slot, place: UInt8(place)))
        leaves.append(nil)
      }
      freeLeaves = Array((leaves.count - ScalarTape.chunkCapacity..<leaves.count).reversed())
    }
    guard let number = freeLeaves.popLast() else { preconditionFailure("there is a place for a leaf") }
    let id = leafIDs[number]
    var node = node
    node.a = UInt32(number)
    self.node(id).initialize(to: node)
    leaves[number] = variable
    variable.tape = address
    variable.tapePlace = id
    if let parameter = variable.parameter, node.b == .none {
      parameter.tape = variable.tape
      parameter.tapePlace = id
    }
    return id
  }

  /// The variable that a start of differentiation stands for.
  func leaf(_ id: ScalarID) -> Variable {
    guard let variable = leaves[Int(node(id).pointee.a)] else { preconditionFailure("a leaf has its variable") }
    return variable
  }

  /// Whether a number is a start of differentiation.
  public func isLeaf(_ id: ScalarID) -> Bool { node(id).pointee.kind == .leaf }

  /// The number that gradients in a variable go to, which was recorded from nothing; none where nothing was computed from it.
  public func leafID(of variable: Variable) -> ScalarID? {
    guard variable.isTracked else { return nil }
    if let parameter = variable.parameter { return leafID(of: parameter) }
    return variable.tape == address ? variable.tapePlace : nil
  }

  /// That of all values of a parameter.
  private func leafID(of parameter: Parameter) -> ScalarID? { parameter.tape == address ? parameter.tapePlace : nil }

  fileprivate var address: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  /// Gives up the starts that no walk with the present stamp has met.
  func dropUnmetLeaves() {
    for number in leaves.indices {
      guard let variable = leaves[number], node(leafIDs[number]).pointee.stamp != stamp else { continue }
      variable.leave(self)
      leaves[number] = nil
      freeLeaves.append(number)
    }
  }
}

extension Variable {
  /// Called by a tape that gives up this start of differentiation.
  func leave(_ tape: ScalarTape) {
    self.tape = nil
    if let parameter, parameter.tape == tape.address, parameter.tapePlace == tapePlace { parameter.tape = nil }
  }
}
