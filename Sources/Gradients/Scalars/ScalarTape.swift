import Tensors

/// Recorded computations on single numbers, as plain nodes in a row: no object, no allocation and no reference for each.
///
/// A result is told by its number. It stays as long as somebody keeps the chunk of the tape that it is in, or anything that
/// was computed from it: whoever holds such a number holds the keeper of its chunk. An operation whose operands are not all
/// single numbers of one type, or which was recorded otherwise, is none for a tape: `variable(of:)` gives the number as a
/// recorded variable, with all that it was computed from.
///
/// Belongs to the thread that computes.
// Unsafe: nodes lie in memory of their own, since reading one in an array of a class takes ten times as long. A number is
// valid as long as its chunk is kept.
public final class ScalarTape {
  static let chunkBits = 8
  /// As many places as a byte tells.
  static let chunkCapacity = 1 << chunkBits

  /// Where the nodes of each slot are.
  @exclusivity(unchecked) var bases: UnsafeMutablePointer<UnsafeMutablePointer<ScalarNode>>
  /// What walks and records read of each slot.
  @exclusivity(unchecked) var states: UnsafeMutablePointer<SlotState>
  var slotCapacity: Int
  @exclusivity(unchecked) var chunks: [Chunk] = []
  var freeSlots: [Int] = []
  /// Memory of chunks that are no more.
  var spares: [UnsafeMutablePointer<ScalarNode>] = []

  /// The slots of results, oldest first.
  @exclusivity(unchecked) var order: [Int] = []
  /// The slot that is filled, and how far.
  @exclusivity(unchecked) var current = -1
  @exclusivity(unchecked) var count = ScalarTape.chunkCapacity
  @exclusivity(unchecked) var nodes: UnsafeMutablePointer<ScalarNode>?
  /// The keeper of the chunk that is filled.
  @exclusivity(unchecked) var currentKeeper: Unmanaged<AnyObject>?
  /// How many chunks were begun since what nobody keeps was given up.
  var openedSinceReclaiming = 0
  var keptAtReclaiming = 0
  /// Whether numbers were let go of that nothing was computed from.
  var hasDroppedResults = false

  /// The starts of differentiation by number.
  var leaves: [Variable?] = []
  var leafIDs: [ScalarID] = []
  var freeLeaves: [Int] = []

  /// A number that no other walk over the nodes has.
  @exclusivity(unchecked) var stamp: UInt32 = 0

  /// Those of the table, from the first recorded operation on, and those with settings.
  @exclusivity(unchecked) var kernels: [ScalarKernel] = []
  @exclusivity(unchecked) var cores: [ScalarKernel.Core] = []
  var kernelsWithSettings: [Settings: UInt16] = [:]
  /// For each kernel, that to its first operand and that to its second.
  @exclusivity(unchecked) var rules: [ScalarRule] = []
  @exclusivity(unchecked) var ruleSteps: [ScalarRule.Step] = []
  /// The kernel that sums gradients in float32; that in float64 is the next.
  @exclusivity(unchecked) var addition: UInt16 = 0
  /// What rules compute with.
  let registers: UnsafeMutablePointer<ScalarRegister>

  struct Chunk {
    /// Who holds numbers of this chunk holds it.
    var keeper: Unmanaged<AnyObject>?
    var count = 0
    /// The place in `order`.
    var position = 0
    /// By place: what was made a variable.
    var variables: [Int: Variable] = [:]
  }

  struct SlotState {
    /// The highest place that a walk has yet to see; -1 where there is none.
    var top: Int32 = -1
    /// Whether something in a later chunk was computed from what is in this one.
    var isUsed = false
  }

  struct Settings: Hashable {
    var operation: ObjectIdentifier
    var attributes: Attributes
    var isDouble: Bool
  }

  public init() {
    slotCapacity = 64
    bases = .allocate(capacity: slotCapacity)
    states = .allocate(capacity: slotCapacity)
    registers = .allocate(capacity: ScalarRule.mostRegisters)
    registers.initialize(repeating: ScalarRegister(value: 0), count: ScalarRule.mostRegisters)
  }

  deinit {
    for case let variable? in leaves { variable.leave(self) }
    for (slot, chunk) in chunks.enumerated() where chunk.count >= 0 { release(bases[slot]) }
    for spare in spares { release(spare) }
    bases.deallocate()
    states.deallocate()
    registers.deallocate()
  }

  @inline(__always)
  func node(_ id: ScalarID) -> UnsafeMutablePointer<ScalarNode> {
    bases[Int(id) >> ScalarTape.chunkBits] + (Int(id) & (ScalarTape.chunkCapacity - 1))
  }

  /// The slot of the chunk that a number is in.
  @inline(__always)
  public static func slot(of id: ScalarID) -> Int { Int(id) >> chunkBits }

  /// The place of a number in its chunk.
  @inline(__always)
  public static func place(of id: ScalarID) -> UInt8 { UInt8(truncatingIfNeeded: id) }

  @inline(__always)
  public static func id(slot: Int, place: UInt8) -> ScalarID { UInt32(truncatingIfNeeded: slot << chunkBits) | UInt32(place) }

  public func value(of id: ScalarID) -> Double { node(id).pointee.value }

  public func dtype(of id: ScalarID) -> DType { node(id).pointee.isDouble ? .float64 : .float32 }

  /// The value as a tensor of rank 0.
  public func tensor(of id: ScalarID) -> Tensor { Tensor(single: value(of: id), dtype(of: id)) }

  /// The number as an operand.
  @inline(__always)
  public func operand(_ id: ScalarID) -> ScalarOperand { .node(id, node(id).pointee) }
}

// Operations.
extension ScalarTape {
  /// Records `a op b`, or `op a`. None where this is nothing for a tape: then the operands are recorded as variables.
  public func apply(
    _ operation: ScalarOperation, _ a: ScalarOperand, _ b: ScalarOperand?, site: Int32
  ) throws(TensorError) -> ScalarID? {
    guard let isDouble = commonType(a, b) else { return nil }
    return try record(operation.place + (isDouble ? 1 : 0), a, b, site)
  }

  /// Records an operation of one number with a setting, or with several.
  public func apply(
    _ operation: Operation, _ a: ScalarOperand, _ attributes: Attributes, site: Int32
  ) throws(TensorError) -> ScalarID? {
    guard let isDouble = commonType(a, nil), let kernel = kernel(operation, attributes, isDouble: isDouble) else { return nil }
    return try record(kernel, a, nil, site)
  }

  @inline(__always)
  private func record(
    _ kernel: UInt16, _ a: ScalarOperand, _ b: ScalarOperand?, _ site: Int32
  ) throws(TensorError) -> ScalarID {
    let isDouble = cores[Int(kernel)].isDouble
    let x = try register(a, isDouble)
    return try apply(kernel, x, b.map { operand throws(TensorError) in try register(operand, isDouble) } ?? x, site: site).id
  }

  /// An operand in the type that an operation is computed in; a number of the program gets a node, which keeps how it was written.
  @inline(__always)
  private func register(_ operand: ScalarOperand, _ isDouble: Bool) throws(TensorError) -> ScalarRegister {
    guard operand.takesItsType else { return operand.register }
    let value = isDouble ? operand.value : operand.narrowed
    var node = ScalarNode(value: value, gradient: operand.written, kind: operand.kind)
    if isDouble { node.marks = .isDouble }
    return ScalarRegister(value: value, id: try push(node))
  }

  /// Whether the operands meet in float64, or in float32; none where none is tracked or they are of different types.
  @inline(__always)
  private func commonType(_ a: ScalarOperand, _ b: ScalarOperand?) -> Bool? {
    guard let b else { return a.isTracked ? a.isDouble : nil }
    if a.isTracked { return b.takesItsType || b.isDouble == a.isDouble ? a.isDouble : nil }
    return b.isTracked && (a.takesItsType || a.isDouble == b.isDouble) ? b.isDouble : nil
  }

  /// The result of a kernel, a node of its own if it is recorded, at a site, and a gradient can flow to it.
  @inline(__always)
  func apply(
    _ kernel: UInt16, _ a: ScalarRegister, _ b: ScalarRegister, site: Int32?
  ) throws(TensorError) -> ScalarRegister {
    let core = cores[Int(kernel)]
    let value: Double =
      switch core.shortcut {
      case .add: core.isDouble ? a.value + b.value : Double(Float(a.value) + Float(b.value))
      case .subtract: core.isDouble ? a.value - b.value : Double(Float(a.value) - Float(b.value))
      case .multiply: core.isDouble ? a.value * b.value : Double(Float(a.value) * Float(b.value))
      case .divide: core.isDouble ? a.value / b.value : Double(Float(a.value) / Float(b.value))
      case .relu: a.value > 0 || a.value.isNaN ? a.value : 0
      case .sign: a.value > 0 ? 1 : a.value < 0 ? -1 : a.value
      case .call(let function): function(a.value, b.value, 0, in: core.dtype)
      case .steps: kernels[Int(kernel)].stepByStep(a.value, b.value)
      }
    guard let site, !core.isConstant, a.isTracked || b.isTracked else { return ScalarRegister(value: value) }
    var node = ScalarNode(value: value, site: site, kernel: kernel, kind: .result)
    if core.isDouble { node.marks = .isDouble }
    node.a = try place(a, core.isDouble)
    if !core.isUnary { node.b = try place(b, core.isDouble) }
    return ScalarRegister(value: value, id: try push(node), isTracked: true)
  }

  /// The node of an operand; a constant gets one.
  @inline(__always)
  private func place(_ operand: ScalarRegister, _ isDouble: Bool) throws(TensorError) -> ScalarID {
    if operand.id == .none {
      var node = ScalarNode(value: operand.value, gradient: operand.value, kind: .constant)
      if isDouble { node.marks = .isDouble }
      return try push(node)
    }
    let slot = ScalarTape.slot(of: operand.id)
    if operand.isTracked, slot != current { states[slot].isUsed = true }
    return operand.id
  }

  @inline(__always)
  func push(_ node: ScalarNode) throws(TensorError) -> ScalarID {
    if count == ScalarTape.chunkCapacity { try openChunk() }
    (nodes.unsafelyUnwrapped + count).initialize(to: node)
    count += 1
    return ScalarTape.id(slot: current, place: UInt8(truncatingIfNeeded: count - 1))
  }

  /// The place of a kernel in the table, which gets it if it has settings; none where there is none.
  func kernel(_ operation: Operation, _ attributes: Attributes, isDouble: Bool) -> UInt16? {
    if attributes == .none, let place = ScalarOperation.places[ObjectIdentifier(operation)] {
      return place + (isDouble ? 1 : 0)
    }
    let settings = Settings(operation: ObjectIdentifier(operation), attributes: attributes, isDouble: isDouble)
    if let found = kernelsWithSettings[settings] { return found }
    // A program that computes its settings makes no end of them.
    guard kernelsWithSettings.count < 1000, let kernel = ScalarKernel(operation, attributes, isDouble: isDouble) else {
      return nil
    }
    let place = UInt16(kernels.count)
    kernels.append(kernel)
    cores.append(kernel.core)
    rules += [.unknown, .unknown]
    kernelsWithSettings[settings] = place
    return place
  }
}

extension ScalarOperand {
  /// Whether it is a number of the program, which takes the type of what it meets.
  @inline(__always)
  fileprivate var takesItsType: Bool { kind.rawValue > ScalarNode.Kind.constant.rawValue }

  /// The number of the program in float32.
  fileprivate var narrowed: Double { kind == .wholeNumber ? Double(Float(Int(value))) : Double(Float(value)) }
}
