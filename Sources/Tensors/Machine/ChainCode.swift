import CKernels

/// A chain laid out for the kernel: every array at its final address.
struct ChainCode: BitwiseCopyable {
  let chain: UnsafePointer<bp_chain>
  let isDouble: Bool
  let hasSums: Bool
  /// The chunks in which the entries are worked on; their edges depend on the count alone.
  let chunks: Int
  /// Bytes that a thread needs to work on a chunk.
  let workspace: Int
  let sums: UnsafeMutablePointer<Double>
  /// By output, for sums.
  let isDoubleSum: UnsafePointer<Bool>

  /// Entries of a chunk.
  let chunk: Int

  /// The fewest entries of a chunk, and the most chunks.
  private static let leastChunk = 1 << 14
  private static let mostChunks = 64

  private static func chunk(_ count: Int) -> Int {
    let even = (count + mostChunks - 1) / mostChunks
    let block = Int(bp_chain_block)
    return max(leastChunk, (even + block - 1) / block * block)
  }

  /// - Parameter arrays: keeps what the code points to.
  init(_ chain: Chain, _ arrays: CodeArrays) {
    let source = chain.withJoinedSteps
    var layout = ChainLayout(source)
    layout.arrange()
    let steps = arrays.store(layout.steps)
    let inputs = arrays.store(
      source.inputs.map { bp_chain_input(place: $0.buffer.place, inner: $0.inner, count: $0.buffer.count) })
    let outputs = arrays.store(layout.outputs)
    let laidOut = bp_chain(
      steps: steps, inputs: inputs, outputs: outputs, step_count: layout.steps.count, input_count: source.inputs.count,
      output_count: layout.outputs.count, register_count: layout.registers, count: source.count)
    self.chain = UnsafePointer(arrays.store([laidOut]))
    isDouble = source.dtype == .float64
    hasSums = source.outputs.contains { $0.kind != .entries }
    chunk = ChainCode.chunk(source.count)
    chunks = max(1, (source.count + chunk - 1) / chunk)
    workspace = bp_chain_workspace(self.chain, source.dtype.width)
    isDoubleSum = UnsafePointer(arrays.store(source.outputs.map { $0.buffer.dtype == .float64 }))
    sums = arrays.store([Double](repeating: 0, count: layout.outputs.count * chunks))
  }

  @inline(__always)
  func run(_ slots: UnsafePointer<UnsafeMutableRawPointer?>) {
    if hasSums { sums.update(repeating: 0, count: chain.pointee.output_count * chunks) }
    if chunks == 1 {
      run(0, slots)
    } else {
      var job = Job(code: self, slots: slots)
      withUnsafeMutablePointer(to: &job) { job in
        ThreadPool.run(blocks: chunks, job) { job, number in
          guard let job = job?.assumingMemoryBound(to: Job.self) else { return }
          job.pointee.code.run(number, job.pointee.slots)
        }
      }
    }
    if hasSums { storeSums(slots) }
  }

  private struct Job: BitwiseCopyable {
    let code: ChainCode
    let slots: Slots
  }

  private func run(_ number: Int, _ slots: Slots) {
    let first = number * chunk
    let last = min(chain.pointee.count, first + chunk)
    let room = bp_room(workspace)
    let sums = sums + number * chain.pointee.output_count
    if isDouble {
      bp_chain_f64(chain, slots, first, last, room, sums)
    } else {
      bp_chain_f32(chain, slots, first, last, room, sums)
    }
  }

  /// Adds up the chunks in their order.
  private func storeSums(_ slots: UnsafePointer<UnsafeMutableRawPointer?>) {
    let count = chain.pointee.output_count
    for i in 0..<count where chain.pointee.outputs[i].kind != bp_output_entries {
      var total = 0.0
      for chunk in 0..<chunks { total += sums[chunk * count + i] }
      let place = chain.pointee.outputs[i].place
      guard let at = slots[Int(place.slot)].map({ $0 + place.offset }) else { continue }
      if isDoubleSum[i] { at.storeBytes(of: total, as: Double.self) } else { at.storeBytes(of: Float(total), as: Float.self) }
    }
  }
}

/// Finds registers for a chain's values: few, so that they stay in the nearest cache.
private struct ChainLayout {
  let source: Chain
  var steps: [bp_step] = []
  var outputs: [bp_chain_output] = []
  var registers: Int
  private var registerOfValue: [Int] = []
  private var free: [Int] = []

  init(_ source: Chain) {
    self.source = source
    registers = source.inputs.count
  }

  mutating func arrange() {
    let inputs = source.inputs.count
    var lastUse = [Int](repeating: -1, count: inputs + source.steps.count)
    for (i, step) in source.steps.enumerated() {
      for operand in step.operands { lastUse[operand] = i }
    }
    // Outputs are read after the last step, and a value that goes to memory is computed there.
    for output in source.outputs { lastUse[output.value] = source.steps.count }
    registerOfValue = Array(0..<inputs)
    let overwritten = Set(source.inputs.map(\.buffer))
    for (i, step) in source.steps.enumerated() {
      // The result gets its register before the operands lose theirs. One that goes over an operand has had no value before it.
      let isOver = source.outputs.contains { $0.kind == .entries && $0.value == inputs + i && overwritten.contains($0.buffer) }
      let result = (isOver ? nil : free.popLast()) ?? newRegister()
      steps.append(code(step, into: result))
      registerOfValue.append(result)
      for operand in step.operands where operand >= inputs && lastUse[operand] == i {
        free.append(registerOfValue[operand])
        // An operand that stands twice gives its register back once.
        lastUse[operand] = -1
      }
      if lastUse[inputs + i] < 0 { free.append(result) }
    }
    placeOutputs()
  }

  private mutating func newRegister() -> Int {
    registers += 1
    return registers - 1
  }

  private mutating func placeOutputs() {
    var isPlaced: Set<Int> = []
    for output in source.outputs {
      var register = registerOfValue[output.value]
      if output.kind == .entries, output.buffer.dtype != .bool {
        // An input, a value that has a place already, and one whose place is still read are copied at the end.
        let isInput = output.value < source.inputs.count
        if isInput || !isPlaced.insert(output.value).inserted || isRead(output.buffer, after: output.value) {
          let copy = newRegister()
          steps.append(code(Chain.Step(.copy, [output.value]), into: copy))
          register = copy
        }
      }
      let kind =
        switch output.kind {
        case .entries: bp_output_entries
        case .sum: bp_output_sum
        case .sumOfSquares: bp_output_sum_of_squares
        }
      outputs.append(bp_chain_output(place: output.buffer.place, from: UInt32(register), kind: kind))
    }
  }

  /// Whether the chain reads the place after the step that makes a value; this may write over what it reads itself.
  private func isRead(_ place: Buffer, after value: Int) -> Bool {
    let inputs = source.inputs.indices.filter { source.inputs[$0].buffer == place }
    guard !inputs.isEmpty else { return false }
    let isOutput = source.outputs.contains { $0.kind == .entries && inputs.contains($0.value) }
    let later = source.steps[(value - source.inputs.count + 1)...]
    return isOutput || later.contains { step in step.operands.contains { inputs.contains($0) } }
  }

  private func code(_ step: Chain.Step, into result: Int) -> bp_step {
    let registers = step.operands.map { UInt32(registerOfValue[$0]) }
    let a = registers[0]
    let (kind, operation, parameter) = step.function.code
    func register(_ place: Int) -> UInt32 { place < registers.count ? registers[place] : a }
    return bp_step(
      kind: kind.rawValue, operation: operation, out: UInt32(result), a: a, b: register(1), c: register(2), d: register(3),
      parameter: parameter)
  }
}

extension Chain.Function {
  fileprivate var code: (bp_step_kind, UInt32, Double) {
    switch self {
    case .unary(let operation, let parameter): (bp_step_unary, operation.kernel.rawValue, parameter)
    case .binary(let operation): (bp_step_binary, operation.kernel.rawValue, 0)
    case .compare(let comparison): (bp_step_compare, comparison.kernel.rawValue, 0)
    case .select: (bp_step_select, 0, 0)
    case .and: (bp_step_and, 0, 0)
    case .or: (bp_step_or, 0, 0)
    case .not: (bp_step_not, 0, 0)
    case .isNaN: (bp_step_is_nan, 0, 0)
    case .isFinite: (bp_step_is_finite, 0, 0)
    case .copy: (bp_step_copy, 0, 0)
    case .multiplyAdd: (bp_step_multiply_add, 0, 0)
    case .subtractProduct: (bp_step_subtract_product, 0, 0)
    case .addProducts: (bp_step_add_products, 0, 0)
    case .rootQuotient: (bp_step_root_quotient, 0, 0)
    case .signProduct: (bp_step_sign_product, 0, 0)
    }
  }
}
