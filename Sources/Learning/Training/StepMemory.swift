import Gradients
import Tensors

/// Where a training's numbers lie while plans run its steps: weights, what the optimiser remembers, the operands of a step
/// and what is read from it.
final class StepMemory {
  private let state: Memory
  /// Shared by the plans of all batches, which run one at a time.
  private let arena: Arena
  private let seed: UInt64
  private let weights: [Buffer]
  private let slots: [[Buffer]]
  private let parameters: [ObjectIdentifier: Buffer]
  /// What steps change of the network.
  private let written: [(parameter: Parameter, buffer: Buffer)]
  /// What steps read of other parameters, and what was read last.
  private var fixed: [(parameter: Parameter, buffer: Buffer, value: Tensor)] = []
  /// Bytes, from the first, of what steps change of the network, and of all that they change.
  private let writtenBytes: Int
  private let changingBytes: Int
  private let operands: OperandBuffers
  private let results: ResultBuffers

  private struct OperandBuffers {
    let x, y, chance, number, factor: Buffer
  }

  private struct ResultBuffers {
    let loss, isClipped: Buffer
    let squares, changes, sizes, saturated, dead: [Buffer]
  }

  /// - Parameter rows: the most that a step takes.
  init(
    _ step: TrainingStep, _ trace: Trace, _ operands: TrainingStep.Operands, _ results: TrainingStep.Results, rows: Int
  ) throws(LearningError) {
    var placement = Placement(.state)
    func place(_ tensor: Tensor) -> Buffer { placement.place(tensor.dtype, tensor.count) }
    func numbers(_ variables: [Variable]?) -> [Buffer] { (variables ?? []).map { placement.place($0.dtype, 1) } }
    seed = step.seed
    var parameters: [ObjectIdentifier: Buffer] = [:]
    var written: [(parameter: Parameter, buffer: Buffer)] = []
    for parameter in step.weights.map(\.parameter) + results.updates.map(\.parameter) {
      let buffer = place(parameter.value)
      parameters[ObjectIdentifier(parameter)] = buffer
      written.append((parameter, buffer))
    }
    writtenBytes = placement.byteCount
    weights = written.prefix(step.weights.count).map(\.buffer)
    slots = zip(step.weights, operands.slots).map { weight, slots in slots.map { _ in place(weight.parameter.value) } }
    changingBytes = placement.byteCount
    for input in trace.inputs {
      guard case .parameter(let parameter) = input, parameters[ObjectIdentifier(parameter)] == nil else { continue }
      let buffer = place(parameter.value)
      parameters[ObjectIdentifier(parameter)] = buffer
      fixed.append((parameter, buffer, parameter.value))
    }
    self.parameters = parameters
    self.written = written
    self.operands = OperandBuffers(
      x: placement.place(operands.x.dtype, operands.x.shape.count), y: placement.place(operands.y.dtype, operands.y.shape.count),
      chance: placement.place(.int64, 2), number: placement.place(.float64, 1), factor: placement.place(.float64, 1))
    self.results = ResultBuffers(
      loss: placement.place(results.loss.dtype, 1), isClipped: placement.place(.bool, 1), squares: numbers(results.squares),
      changes: numbers(results.record?.changes), sizes: numbers(results.record?.sizes),
      saturated: numbers(results.record?.saturated.map(\.share)), dead: numbers(results.record?.dead.map(\.share)))
    (state, arena) = try operations { [placement] () throws(TensorError) in
      (try Memory(byteCount: placement.byteCount), try Arena())
    }
    for (parameter, buffer) in written + fixed.map({ ($0.parameter, $0.buffer) }) { state.write(parameter.value, to: buffer) }
    for (buffers, first) in zip(slots, operands.slots) {
      for (buffer, value) in zip(buffers, first) { state.write(value.data, to: buffer) }
    }
  }

  /// A plan of a traced step over this memory; none where it reads a parameter that the first trace did not.
  func plan(
    _ trace: Trace, _ operands: TrainingStep.Operands, _ found: TrainingStep.Results, rows: Int
  ) throws(LearningError) -> Plan? {
    func part(_ buffer: Buffer, _ variable: Variable) -> Buffer { buffer.advanced(by: 0, count: variable.shape.count) }
    var outputs: [Plan.Output] = []
    func add(_ variables: [Variable], _ buffers: [Buffer]) {
      for (variable, buffer) in zip(variables, buffers) { outputs.append(.init(variable, to: buffer)) }
    }
    add([found.loss], [results.loss])
    add(found.isClipped.map { [$0] } ?? [], [results.isClipped])
    add(found.squares, results.squares)
    if let record = found.record {
      add(record.changes, results.changes)
      add(record.sizes, results.sizes)
      add(record.saturated.map(\.share), results.saturated)
      add(record.dead.map(\.share), results.dead)
    }
    for (new, buffers) in zip(found.slots, slots) { add(new, buffers) }
    add(found.weights, weights)
    for (parameter, value) in found.updates {
      guard let buffer = parameters[ObjectIdentifier(parameter)] else { return nil }
      add([value], [buffer])
    }
    // Outputs may bring in parameters and constants that nothing else reads.
    for output in outputs { _ = trace.node(of: output.value) }
    var arguments =
      [
        part(self.operands.x, operands.x), part(self.operands.y, operands.y), self.operands.chance, self.operands.number,
        self.operands.factor,
      ] + slots.flatMap { $0 }
    arguments.reverse()
    var inputs: [Buffer] = []
    for input in trace.inputs {
      switch input {
      case .argument: if let next = arguments.popLast() { inputs.append(next) }
      case .parameter(let parameter):
        guard let buffer = parameters[ObjectIdentifier(parameter)] else { return nil }
        inputs.append(buffer)
      }
    }
    return try operations { [inputs, outputs] () throws(TensorError) in
      try Plan(trace, inputs: inputs, outputs: outputs, state: state, arena: arena)
    }
  }
}

// What goes in and out.
extension StepMemory {
  func write(_ rows: ArraySlice<Int>, of x: Tensor, targets y: Tensor, number: Int, factor: Double) {
    func part(_ buffer: Buffer, _ tensor: Tensor) -> Buffer {
      buffer.advanced(by: 0, count: tensor.count / max(1, tensor.shape[0]) * rows.count)
    }
    for i in fixed.indices where !fixed[i].value.shares(elementsOf: fixed[i].parameter.value) {
      fixed[i].value = fixed[i].parameter.value
      state.write(fixed[i].value, to: fixed[i].buffer)
    }
    state.write(rows: rows, of: x, to: part(operands.x, x))
    state.write(rows: rows, of: y, to: part(operands.y, y))
    state.write(Int(bitPattern: UInt(seed)), at: 0, of: operands.chance)
    state.write(Int(bitPattern: UInt(Pass.stream(step: number))), at: 1, of: operands.chance)
    state.write(Double(number + 1), to: operands.number)
    state.write(factor, to: operands.factor)
  }

  /// A reading with as many places as there are numbers.
  func emptyReading(_ first: TrainingStep.Results) -> StepReading {
    func zeros(_ buffers: [Buffer]) -> [Double] { buffers.map { _ in 0 } }
    return StepReading(
      squares: zeros(results.squares), changes: zeros(results.changes), sizes: zeros(results.sizes),
      saturated: (first.record?.saturated ?? []).map { ($0.path, 0) }, dead: (first.record?.dead ?? []).map { ($0.path, 0) })
  }

  func read(_ reading: inout StepReading, isRecorded: Bool) {
    reading.loss = state.number(at: results.loss)
    reading.isClipped = state.number(at: results.isClipped) != 0
    for i in results.squares.indices { reading.squares[i] = state.number(at: results.squares[i]) }
    guard isRecorded else { return }
    for i in results.changes.indices { reading.changes[i] = state.number(at: results.changes[i]) }
    for i in results.sizes.indices { reading.sizes[i] = state.number(at: results.sizes[i]) }
    for i in results.saturated.indices { reading.saturated[i].share = state.number(at: results.saturated[i]) }
    for i in results.dead.indices { reading.dead[i].share = state.number(at: results.dead[i]) }
  }

  /// Gives the network the weights that lie here.
  func writeBack() throws(LearningError) {
    for (parameter, value) in try values(in: state) { parameter.value = value }
  }

  /// The network's part of the state, or of a copy of it.
  func values(in memory: Memory) throws(LearningError) -> [(parameter: Parameter, value: Tensor)] {
    try operations { () throws(TensorError) in
      var all: [(parameter: Parameter, value: Tensor)] = []
      for (parameter, buffer) in written {
        all.append((parameter, try memory.tensor(buffer, shape: parameter.value.shape)))
      }
      return all
    }
  }

  /// What the optimiser remembers, by weight.
  func slotValues() throws(LearningError) -> [[Variable]] {
    try operations { () throws(TensorError) in
      var all: [[Variable]] = []
      for (buffers, (parameter, _)) in zip(slots, written) {
        var values: [Variable] = []
        for buffer in buffers { values.append(Variable(try state.tensor(buffer, shape: parameter.value.shape))) }
        all.append(values)
      }
      return all
    }
  }
}

// Going back.
extension StepMemory {
  /// Room for a copy of all that steps change, or of the network's part alone.
  func makeCopy(ofAll: Bool) throws(LearningError) -> Memory {
    try operations { () throws(TensorError) in try Memory(byteCount: ofAll ? changingBytes : writtenBytes) }
  }

  func copy(to copy: Memory) { copy.takeBytes(from: state, count: copy.byteCount) }

  func copy(from copy: Memory) { state.takeBytes(from: copy, count: copy.byteCount) }
}
