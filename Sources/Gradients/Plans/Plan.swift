import Tensors

/// A traced computation, compiled: it reads operands from its state and writes results there, again and again, without an
/// allocation.
public final class Plan {
  /// What runs.
  public let program: Program
  public let listing: PlanListing

  /// What a plan leaves in its state.
  public struct Output {
    public var value: Variable
    public var buffer: Buffer

    public init(_ value: Variable, to buffer: Buffer) {
      self.value = value
      self.buffer = buffer
    }
  }

  /// - Parameters:
  ///   - trace: what was computed.
  ///   - inputs: where the operands lie, by their number in the trace.
  ///   - outputs: what is wanted. It may be written over operands; those are read before.
  ///   - arena: of other plans, of which none runs at the same time; else it has one of its own.
  public init(
    _ trace: Trace, inputs: [Buffer], outputs: [Output], state: Memory, arena: Arena? = nil
  ) throws(TensorError) {
    let wanted = outputs.map { trace.node(of: $0.value) }
    let simple = try Simplification(trace.graph, outputs: wanted)
    let gathered = try GatheredProducts(simple.graph, outputs: Set(wanted.map(simple.place(of:))))
    let shared = try SharedTransposes(gathered.graph)
    let graph = shared.graph
    let places = zip(wanted, outputs).map {
      (node: shared.place(of: gathered.place(of: simple.place(of: $0))), buffer: $1.buffer)
    }
    let views = Views(graph)
    let nodes = Set(places.map(\.node))
    let merging = Merging(graph, views, outputs: nodes)
    let schedule = Schedule(graph, views, Fusion(graph, views, merging, outputs: nodes), outputs: nodes)
    var layout = BufferLayout(schedule, inputs: inputs)
    let late = layout.placeOutputs(places)
    layout.placeRest()
    var lowering = try Lowering(schedule, layout.buffers)
    lowering.copy(late) { layout.temporary(for: $0) }
    let ownArena = try Arena()
    program = try Program(
      lowering.instructions, costs: lowering.costs, arena: arena ?? ownArena, arenaBytes: layout.arenaBytes,
      constants: lowering.constants.memory(), state: state)
    listing = PlanListing(lowering)
  }

  /// Runs it on what its state holds.
  public func run() throws(TensorError) { try program.run() }
}

/// Decides where the elements of every node lie.
struct BufferLayout {
  private(set) var buffers: BufferTable
  private let schedule: Schedule
  private var arena = ArenaLayout()
  private var unitOfNode: [Int]
  private var lastReader: [Int]
  private var operands = Operands()

  var arenaBytes: Int { arena.byteCount }

  init(_ schedule: Schedule, inputs: [Buffer]) {
    self.schedule = schedule
    let count = schedule.graph.nodes.count
    buffers = BufferTable(count: count)
    unitOfNode = Array(repeating: -1, count: count)
    lastReader = Array(repeating: -1, count: count)
    for (i, node) in schedule.graph.nodes.enumerated() {
      if case .input(let number) = node.source {
        buffers[i] = inputs[number]
        operands.add(i, at: inputs[number])
      }
    }
    operands.sort()
    for (number, unit) in schedule.units.enumerated() {
      for node in schedule.nodes(of: unit) {
        unitOfNode[node] = number
        for read in schedule.reads(node) { lastReader[schedule.views.root[read]] = number }
      }
    }
  }

  /// Lets results be computed where they are wanted.
  ///
  /// - Returns: those that have to be copied when all is done.
  mutating func placeOutputs(_ outputs: [(node: Int, buffer: Buffer)]) -> [(node: Int, buffer: Buffer)] {
    // What is an operand, or a part of something, is copied first: results may be wanted in its place.
    let isResult = outputs.map { unitOfNode[$0.node] >= 0 && !schedule.views.isView($0.node) }
    var late = zip(outputs, isResult).filter { !$1 }.map(\.0)
    // What is wanted where it lies is there.
    late.removeAll { buffers[$0.node] == $0.buffer }
    for (node, _) in late { lastReader[schedule.views.root[node]] = schedule.units.count }
    for ((node, buffer), isResult) in zip(outputs, isResult) where isResult {
      if buffers[node] == nil, !isRead(buffer, after: unitOfNode[node]) {
        buffers[node] = buffer
      } else {
        late.append((node, buffer))
        lastReader[node] = schedule.units.count
      }
    }
    return late
  }

  /// Whether an operand at this place is read by the unit or a later one; a chain may write what it reads itself.
  private func isRead(_ place: Buffer, after unit: Int) -> Bool {
    for (i, buffer) in operands.overlapping(place) {
      if lastReader[i] > unit { return true }
      if lastReader[i] == unit {
        guard case .chain = schedule.units[unit], buffer == place, isReadWhole(i, by: unit) else { return true }
      }
    }
    return false
  }

  /// Whether a unit reads no mere part of an operand: of that, other entries would be written before they are read.
  private func isReadWhole(_ operand: Int, by unit: Int) -> Bool {
    schedule.nodes(of: schedule.units[unit]).flatMap(schedule.reads).allSatisfy { read in
      schedule.views.root[read] != operand
        || schedule.graph.nodes[read].shape.count == schedule.graph.nodes[operand].shape.count
    }
  }

  /// Memory for what is copied once more, as its place is wanted meanwhile.
  mutating func temporary(for buffer: Buffer) -> Buffer { arena.place(buffer.dtype, buffer.count) }

  /// Places all else in the arena, each for as long as it is needed.
  mutating func placeRest() {
    let hosting = Hosting(schedule) { unitOfNode[$0] >= 0 && buffers[$0] == nil }
    for node in unitOfNode.indices where hosting.isHosted(node) {
      let host = hosting.place(of: node).host
      lastReader[host] = max(lastReader[host], lastReader[node], unitOfNode[host])
    }
    var ending: [[Int]] = Array(repeating: [], count: schedule.units.count + 1)
    for (number, unit) in schedule.units.enumerated() {
      var handedOn: Int?
      for node in schedule.nodes(of: unit) where schedule.isStored[node] && buffers[node] == nil {
        let (host, start) = hosting.place(of: node)
        let whole = schedule.graph.nodes[host]
        if buffers[host] == nil {
          handedOn = summand(of: host, readLastBy: number, hosting)
          buffers[host] = handedOn.flatMap { buffers[$0] } ?? arena.place(whole.dtype, whole.shape.count)
          ending[max(number, lastReader[host])].append(host)
        }
        buffers[node] = buffers[host]?.advanced(by: start, count: schedule.graph.nodes[node].shape.count)
      }
      for node in ending[number] where node != handedOn {
        if let buffer = buffers[node] { arena.release(buffer) }
      }
    }
  }
}

extension BufferLayout {
  /// What a product is added to, if nothing else will read it: the sum may take its place.
  private func summand(of node: Int, readLastBy unit: Int, _ hosting: Hosting) -> Int? {
    let product = schedule.fusion.merging.products[node] ?? node
    guard case .result(.matmulAdd, let inputs, _) = schedule.graph.nodes[product].source, let place = buffers[inputs[0]] else {
      return nil
    }
    let summand = inputs[0]
    let isOwn = place.region == .arena && !schedule.views.isView(summand) && !hosting.isHosted(summand)
    // A factor may lie within the summand, as a part of what is joined.
    let isFactor = schedule.reads(product).dropFirst().contains { buffers[schedule.views.root[$0]]?.overlaps(place) ?? false }
    return isOwn && !isFactor && lastReader[summand] == unit ? summand : nil
  }
}

extension Buffer {
  func overlaps(_ other: Buffer) -> Bool {
    region == other.region && offset < other.offset + other.byteCount && other.offset < offset + byteCount
  }
}

extension Lowering {
  /// Copies what lies elsewhere to where it is wanted; by way of other memory where one copy would go over what another reads,
  /// as when two operands are exchanged.
  mutating func copy(_ wanted: [(node: Int, buffer: Buffer)], temporary: (Buffer) -> Buffer) {
    var sources = wanted.map { buffer($0.node) }
    for i in sources.indices where wanted[..<i].contains(where: { $0.buffer.overlaps(sources[i]) }) {
      let kept = temporary(wanted[i].buffer)
      copy(sources[i], to: kept)
      sources[i] = kept
    }
    for (source, (_, buffer)) in zip(sources, wanted) { copy(source, to: buffer) }
  }

  mutating func copy(_ source: Buffer, to buffer: Buffer) {
    emit(.copy(.init(source, into: buffer, sizes: [buffer.count], fromStrides: [1], intoStrides: [1])), cost: 0)
  }
}
