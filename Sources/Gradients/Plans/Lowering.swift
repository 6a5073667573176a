import Tensors

/// Writes the instructions of a scheduled graph.
struct Lowering {
  let graph: Graph
  let views: Views
  let fusion: Fusion
  let schedule: Schedule

  private(set) var instructions: [Instruction] = []
  private(set) var costs: [Int] = []
  /// The unit that each instruction belongs to.
  private(set) var unitOfInstruction: [Int] = []
  var constants = ConstantPool()

  private let buffers: BufferTable
  private var unit = 0

  init(_ schedule: Schedule, _ buffers: BufferTable) throws(TensorError) {
    graph = schedule.graph
    views = schedule.views
    fusion = schedule.fusion
    self.schedule = schedule
    self.buffers = buffers
    for (number, unit) in schedule.units.enumerated() {
      self.unit = number
      switch unit {
      case .chain(let chain): emit(try lowered(fusion.chains[chain]), cost: fusion.chains[chain].reduce(0) { $0 + cost($1) })
      case .single(let node): try lower(node)
      case .loss(let loss): lower(loss)
      }
    }
  }

  mutating func emit(_ instruction: Instruction, cost: Int) {
    instructions.append(instruction)
    costs.append(cost)
    unitOfInstruction.append(unit)
  }

  func cost(_ node: Int) -> Int {
    guard case .result(let operation, let inputs, let attributes) = graph.nodes[node].source else { return 0 }
    return operation.cost(inputs.map { graph.nodes[$0].shape }, graph.nodes[node].shape, attributes)
  }

  /// Where a node's elements lie.
  mutating func buffer(_ node: Int) -> Buffer {
    let root = views.root[node]
    if let tensor = graph.nodes[root].constant {
      return constants.buffer(tensor).part(views.start[node], graph.nodes[node].shape.count)
    }
    guard let buffer = buffers[root] else { preconditionFailure("what is read was stored") }
    return buffer.part(views.start[node], graph.nodes[node].shape.count)
  }
}

extension Buffer {
  fileprivate func part(_ start: Int, _ count: Int) -> Buffer { advanced(by: start, count: count) }
}

/// Where the nodes' elements lie, by root.
struct BufferTable {
  private var buffers: [Buffer?]

  init(count: Int) { buffers = Array(repeating: nil, count: count) }

  subscript(node: Int) -> Buffer? {
    get { buffers[node] }
    set { buffers[node] = newValue }
  }
}

/// The numbers that instructions read and nothing changes.
struct ConstantPool {
  private var placement = Placement(.constants)
  private var tensors: [(tensor: Tensor, buffer: Buffer)] = []
  private var numbers: [Number: Buffer] = [:]

  private struct Number: Hashable {
    let bits: UInt64
    let dtype: DType
  }

  mutating func buffer(_ tensor: Tensor) -> Buffer {
    if tensor.count == 1, tensor.dtype.isFloat, let number = tensor.splat { return buffer(number, tensor.dtype) }
    return add(tensor)
  }

  mutating func buffer(_ number: Double, _ dtype: DType) -> Buffer {
    let key = Number(bits: number.bitPattern, dtype: dtype)
    if let found = numbers[key] { return found }
    guard let tensor = try? Tensor(number, dtype: dtype) else { preconditionFailure("a float holds any number") }
    let made = add(tensor)
    numbers[key] = made
    return made
  }

  private mutating func add(_ tensor: Tensor) -> Buffer {
    let buffer = placement.place(tensor.dtype, tensor.count)
    tensors.append((tensor, buffer))
    return buffer
  }

  func memory() throws(TensorError) -> Memory {
    let memory = try Memory(byteCount: placement.byteCount)
    for (tensor, buffer) in tensors { memory.write(tensor, to: buffer) }
    return memory
  }
}
