/// Instructions that run again and again over the same memory: without an allocation, a count of references or a lookup,
/// but for the calls of what has no instruction of its own.
public final class Program {
  public let instructions: [Instruction]
  /// Multiply-adds of each instruction, to know how often to look whether it shall stop.
  public let costs: [Int]
  public let state: Memory

  /// Bytes of all that is computed on the way.
  public let arenaBytes: Int

  private let arena: Arena
  private let constants: Memory
  private let arrays: CodeArrays
  private let code: UnsafeMutableBufferPointer<Code>
  private let slots: UnsafeMutablePointer<UnsafeMutableRawPointer?>
  private let calls: [Instruction.Call]
  private let stops: [Int]

  /// Multiply-adds between two looks at whether the program shall stop: about a millisecond.
  private static let workBetweenQuestions = 1 << 24

  /// - Parameters:
  ///   - arenaBytes: what it needs of the arena.
  ///   - constants: the numbers of that region.
  public init(
    _ instructions: [Instruction], costs: [Int], arena: Arena, arenaBytes: Int, constants: Memory, state: Memory
  ) throws(TensorError) {
    self.instructions = instructions
    self.costs = costs
    self.state = state
    self.constants = constants
    self.arena = arena
    self.arenaBytes = arenaBytes
    try arena.grow(to: arenaBytes)
    var calls: [Instruction.Call] = []
    let arrays = CodeArrays(arena)
    self.arrays = arrays
    let laidOut = instructions.map { Code($0, arrays, calls: &calls) }
    self.calls = calls
    code = .allocate(capacity: laidOut.count)
    _ = code.initialize(from: laidOut)
    slots = .allocate(capacity: Buffer.Region.allCases.count)
    slots[Buffer.Region.state.rawValue] = state.base
    slots[Buffer.Region.constants.rawValue] = constants.base
    stops = Program.stops(instructions, costs)
  }

  deinit {
    code.deallocate()
    slots.deallocate()
  }

  public var constantBytes: Int { constants.byteCount }

  /// The instructions before which is asked whether to stop.
  ///
  /// Once something is written that is read too, as weights are, the program runs to its end.
  private static func stops(_ instructions: [Instruction], _ costs: [Int]) -> [Int] {
    let operands = Set(instructions.flatMap(\.reads).filter { $0.region == .state }.map(\.offset))
    let changes = instructions.firstIndex { $0.writes.contains { $0.region == .state && operands.contains($0.offset) } }
    var stops: [Int] = []
    var work = 0
    for (i, cost) in costs[..<(changes ?? costs.count)].enumerated() {
      work += cost
      if work > workBetweenQuestions {
        stops.append(i)
        work = 0
      }
    }
    return stops + [costs.count]
  }

  /// Runs all instructions.
  ///
  /// Throws an `IndexError` for a place that does not exist, and what a call throws; the state is then half written.
  public func run() throws(TensorError) {
    var next = 0
    for i in stops.indices {
      let stop = stops[i]
      try run(next..<stop)
      next = stop
      if stop < code.count { try Interruption.check() }
    }
  }

  /// Runs some of the instructions.
  public func run(_ range: Range<Int>) throws(TensorError) {
    // Another program may have made the arena larger.
    slots[Buffer.Region.arena.rawValue] = arena.base
    let slots = UnsafePointer(slots)
    for i in range {
      switch code[i] {
      case .chain(let it): it.run(slots)
      case .product(let it): it.run(slots)
      case .sum(let it): run(it, i, slots)
      case .rows(let it): run(it, i, slots)
      case .copy(let it): run(it, i, slots)
      case .fill(let it): run(it, i, slots)
      case .convert(let it): run(it, i, slots)
      case .gather(let it):
        if let place = it.places.missing(slots) { throw missing(place, it.places.length) }
        run(it, i, slots)
      case .softmaxLoss(let it):
        if let place = it.places.missing(slots) { throw missing(place, it.places.length) }
        run(it, i, slots)
      case .oneHot(let it): if let place = it.run(slots) { throw missing(place, it.classes) }
      case .dropoutMask(let it): run(it, i, slots)
      case .convolution(let it): try it.run(slots)
      case .pooling(let it): run(it, i, slots)
      case .call(let number): try call(calls[number])
      }
    }
  }

  @inline(__always)
  private func run(_ it: some PartedCode, _ i: Int, _ slots: Slots) {
    if it.parts.count == 1 { it.run(0..<it.parts.items, slots) } else { code[i].runParts(it.parts.count, slots) }
  }

  private func missing(_ place: Int, _ size: Int) -> TensorError {
    TensorError(.indexOutOfRange(index: place, axis: 0, size: size))
  }

  private func call(_ call: Instruction.Call) throws(TensorError) {
    var operands: [Tensor] = []
    for input in call.inputs { operands.append(try memory(input.buffer.region).tensor(input.buffer, shape: input.shape)) }
    do {
      memory(call.out.region).write(try call.body(operands), to: call.out)
    } catch let error as TensorError {
      throw error
    } catch {
      preconditionFailure("an operation failed with \(error)")
    }
  }

  private func memory(_ region: Buffer.Region) -> Memory {
    switch region {
    case .arena: arena.memory
    case .state: state
    case .constants: constants
    }
  }
}
