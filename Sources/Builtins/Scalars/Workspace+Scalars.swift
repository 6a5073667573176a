import Execution
import Gradients
import Tensors

// Operations on recorded single numbers, which go onto the session's tape.
extension Workspace {
  /// Records `a op b`, or `op a`; nil where this is nothing for the tape.
  func recorded(
    _ operation: ScalarOperation?, _ a: UnsafePointer<Value>, _ b: UnsafePointer<Value>?, _ machine: Machine
  ) throws(RuntimeError) -> Value? {
    let recorder = Recorder.current
    guard recorder.onlyRecords, let operation else { return nil }
    do {
      try tape.prepare()
      guard let x = try operand(a) else { return nil }
      var y: ScalarOperand?
      if let b {
        guard let found = try operand(b) else { return nil }
        y = found
      }
      guard x.isTracked || y?.isTracked ?? false else { return nil }
      recorder.site = Int32(truncatingIfNeeded: machine.site)
      guard let id = try tape.apply(operation, x, y, site: recorder.site) else { return nil }
      return entry(id)
    } catch {
      throw RuntimeError(engine: error)
    }
  }

  /// Records an operation on one number with a setting.
  private func recorded(
    _ operation: Operation?, _ a: UnsafePointer<Value>, _ setting: Double, _ machine: Machine
  ) throws(RuntimeError) -> Value? {
    let recorder = Recorder.current
    guard recorder.onlyRecords, let operation else { return nil }
    do {
      try tape.prepare()
      guard let x = try operand(a), x.isTracked else { return nil }
      recorder.site = Int32(truncatingIfNeeded: machine.site)
      return try tape.apply(operation, x, .number(setting), site: recorder.site).map(entry)
    } catch {
      throw RuntimeError(engine: error)
    }
  }

  /// The call of a function with one argument.
  func recorded(
    _ function: ScalarFunction, _ argument: UnsafePointer<Value>, _ machine: Machine
  ) throws(RuntimeError) -> Value? {
    switch function.kind {
    case .unary: try recorded(function.scalar, argument, nil, machine)
    case .binary: nil
    case .withSetting(let setting): try recorded(function.operation, argument, setting, machine)
    }
  }

  func recorded(_ function: ScalarFunction, _ call: Call) throws(RuntimeError) -> Value? {
    guard call.arguments.contains(where: \.mayBeScalar) else { return nil }
    return try withUnsafePointer(to: call[0]) { first throws(RuntimeError) in
      switch function.kind {
      case .unary: return try recorded(function.scalar, first, nil, call.machine)
      case .binary:
        return try withUnsafePointer(to: call[1]) { second throws(RuntimeError) in
          try recorded(function.scalar, first, second, call.machine)
        }
      case .withSetting(let fallback):
        return try recorded(function.operation, first, try call.float(1, default: fallback), call.machine)
      }
    }
  }

  /// A value as an operand of the tape; nil for what is none.
  @inline(__always)
  private func operand(_ value: UnsafePointer<Value>) throws(TensorError) -> ScalarOperand? {
    if let (row, place) = value.uncountedEntry {
      return row._withUnsafeGuaranteedRef { row in
        guard type(of: row) == ScalarRow.self else { return nil }
        let row = unsafeDowncast(row, to: ScalarRow.self)
        return row.tape === tape ? tape.operand(row.id(at: place)) : nil
      }
    }
    if let object = value.uncountedObject {
      return try operand(object)
    }
    switch value.pointee {
    case .int(let number): return .whole(number)
    case .float(let number): return .number(number)
    case .bool(let truth): return .truth(truth)
    default: return nil
    }
  }

  @inline(__always)
  private func operand(_ object: Unmanaged<ForeignObject>) throws(TensorError) -> ScalarOperand? {
    var failure: TensorError?
    let result = object._withUnsafeGuaranteedRef { object -> ScalarOperand? in
      guard type(of: object) == TensorObject.self else { return nil }
      do throws(TensorError) {
        return try unsafeDowncast(object, to: TensorObject.self).operand(of: tape)
      } catch {
        failure = error
        return nil
      }
    }
    if let failure { throw failure }
    return result
  }

  /// The value that a number of the tape is.
  @inline(__always)
  func entry(_ id: ScalarID) -> Value {
    let slot = ScalarTape.slot(of: id)
    guard let keeper = tape.keeper(of: slot) else { return .entry(ScalarRow(slot, in: self), ScalarTape.place(of: id)) }
    // All chunks of this tape are kept by rows.
    return .entry(unsafeDowncast(keeper.takeUnretainedValue(), to: ScalarRow.self), ScalarTape.place(of: id))
  }
}

extension Value {
  /// Whether it can be a recorded number.
  fileprivate var mayBeScalar: Bool {
    if case .foreign = self { true } else { false }
  }
}

// Gradients of recorded single numbers.
extension Workspace {
  /// The gradients of a number of the tape in a number, or in each of a list of them; nil where one is none of the tape.
  func scalarGradients(of loss: Value, in target: Value) throws(RuntimeError) -> Value? {
    guard Recorder.current.onlyRecords, let root = scalarID(loss) else { return nil }
    let values: [Value]
    switch target {
    case .foreign(_ as TensorObject): values = [target]
    case .list(let list): values = list.elements
    case .tuple(let tuple): values = tuple.elements
    default: return nil
    }
    var targets: [ScalarID?] = []
    for value in values {
      if let id = scalarID(value) {
        targets.append(id)
      } else {
        guard case .foreign(let object as TensorObject) = value, object.variable.operation == nil else { return nil }
        targets.append(tape.leafID(of: object.variable))
      }
    }
    guard let found = try engine({ [targets] in try tape.gradients(of: root, in: targets) }) else { return nil }
    var gradients: [Value] = []
    for (value, gradient) in zip(values, found) {
      if let gradient {
        gradients.append(self.value(gradient))
      } else {
        if case .foreign = target { throw .independent }
        gradients.append(self.value(try engine { try variable(value).zerosLike() }))
      }
    }
    if case .foreign = target { return gradients[0] }
    return .list(gradients)
  }

  private func scalarID(_ value: Value) -> ScalarID? {
    switch value {
    case .entry(let row as ScalarRow, let place) where row.tape === tape: row.id(at: place)
    case .foreign(let object as TensorObject): object.scalarID(in: tape)
    default: nil
    }
  }

  private func value(_ gradient: ScalarOperand) -> Value {
    guard gradient.isTracked else { return value(gradient.tensor) }
    return tape.isLeaf(gradient.id) ? value(tape.variable(of: gradient.id)) : entry(gradient.id)
  }
}
