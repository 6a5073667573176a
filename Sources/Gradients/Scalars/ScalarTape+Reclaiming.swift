import Tensors

// Memory.
extension ScalarTape {
  /// Whoever holds numbers of a chunk; none where nobody does.
  @inline(__always)
  public func keeper(of slot: Int) -> Unmanaged<AnyObject>? { slot == current ? currentKeeper : chunks[slot].keeper }

  /// From now on `keeper` is held by all who hold numbers of the chunk. It says when it goes.
  public func keep(_ slot: Int, by keeper: AnyObject) {
    chunks[slot].keeper = .passUnretained(keeper)
    if slot == current { currentKeeper = .passUnretained(keeper) }
  }

  /// Called by the keeper of a chunk when nobody holds it any more.
  public func letGo(_ slot: Int) {
    chunks[slot].keeper = nil
    if slot == current { currentKeeper = nil } else if !states[slot].isUsed { hasDroppedResults = true }
  }

  /// How many nodes there is memory for that is in use.
  public var nodeCapacity: Int { (order.count) * ScalarTape.chunkCapacity }

  /// Called before numbers are computed from others: what nobody holds is given up now and then.
  @inline(__always)
  public func prepare() throws(TensorError) {
    if currentKeeper == nil {
      guard current >= 0 else { return readTable() }
      // Nothing is newer, so nothing was computed from what is in the newest chunk.
      if count > 0 { clearNewest() }
    } else if count > ScalarTape.chunkCapacity - 4 {
      try openChunk()
      let share = hasDroppedResults ? keptAtReclaiming / 16 : keptAtReclaiming
      if openedSinceReclaiming > max(ScalarTape.leastReclaimed, share) { reclaim() }
    }
  }

  /// Reclaiming walks over what is kept, so it waits until as much was added, or less where it may find much; and for so many
  /// chunks at least.
  private static let leastReclaimed = 24

  @inline(never)
  private func readTable() {
    guard kernels.isEmpty else { return }
    kernels = ScalarOperation.kernels
    cores = kernels.map(\.core)
    addition = ScalarOperation.add
    rules = Array(repeating: .unknown, count: 2 * kernels.count)
  }

  @inline(never)
  private func clearNewest() {
    count = 0
    hasDroppedResults = true
    if !chunks[current].variables.isEmpty { chunks[current].variables = [:] }
  }

  @inline(never)
  func openChunk() throws(TensorError) {
    let slot = try takeSlot()
    if current >= 0 { chunks[current].count = count }
    chunks[slot].position = order.count
    order.append(slot)
    current = slot
    nodes = bases[slot]
    currentKeeper = nil
    count = 0
    openedSinceReclaiming += 1
  }

  func takeSlot() throws(TensorError) -> Int {
    let memory: UnsafeMutablePointer<ScalarNode>
    if let spare = spares.popLast() {
      memory = spare
    } else {
      try MemoryBudget.charge(ScalarTape.chunkBytes)
      memory = .allocate(capacity: ScalarTape.chunkCapacity)
    }
    if let slot = freeSlots.popLast() {
      chunks[slot] = Chunk()
      bases[slot] = memory
      states[slot] = SlotState()
      return slot
    }
    let slot = chunks.count
    precondition(slot < 1 << (32 - ScalarTape.chunkBits) - 1, "a tape has 2³² places")
    if slot == slotCapacity { growBases() }
    (bases + slot).initialize(to: memory)
    (states + slot).initialize(to: SlotState())
    chunks.append(Chunk())
    return slot
  }

  private func growBases() {
    let larger = UnsafeMutablePointer<UnsafeMutablePointer<ScalarNode>>.allocate(capacity: 2 * slotCapacity)
    larger.moveInitialize(from: bases, count: slotCapacity)
    bases.deallocate()
    bases = larger
    let moreStates = UnsafeMutablePointer<SlotState>.allocate(capacity: 2 * slotCapacity)
    moreStates.moveInitialize(from: states, count: slotCapacity)
    states.deallocate()
    states = moreStates
    slotCapacity *= 2
  }

  private static let chunkBytes = chunkCapacity * MemoryLayout<ScalarNode>.stride

  func release(_ memory: UnsafeMutablePointer<ScalarNode>) {
    memory.deallocate()
    MemoryBudget.release(ScalarTape.chunkBytes)
  }

  /// Gives up the chunks that nobody keeps and nothing was computed from that somebody keeps.
  func reclaim() {
    beginWalk()
    chunks[current].count = count
    var kept: [Int] = []
    var gone: [Int] = []
    for slot in order.reversed() {
      let isKept = slot == current || chunks[slot].keeper != nil
      guard isKept || states[slot].top >= 0 else {
        gone.append(slot)
        continue
      }
      meetOperands(in: slot, ofAll: isKept)
      kept.append(slot)
    }
    order = kept.reversed()
    for (position, slot) in order.enumerated() { chunks[slot].position = position }
    for slot in gone { free(slot) }
    dropUnmetLeaves()
    openedSinceReclaiming = 0
    hasDroppedResults = false
    keptAtReclaiming = order.count
  }

  /// Notes the operands of a chunk's nodes, of all of them or of those that were met themselves.
  private func meetOperands(in slot: Int, ofAll isKept: Bool) {
    let nodes = bases[slot]
    var place = isKept ? chunks[slot].count - 1 : Int(states[slot].top)
    while place >= 0 {
      let node = nodes[place]
      if node.kind == .result, isKept || node.stamp == stamp {
        meet(node.a)
        if node.b != .none { meet(node.b) }
      }
      place -= 1
    }
    states[slot].top = -1
  }

  private func meet(_ id: ScalarID) {
    let node = node(id)
    guard node.pointee.stamp != stamp else { return }
    node.pointee.stamp = stamp
    if node.pointee.kind != .leaf {
      noteTop(id)
    } else if node.pointee.b != .none {
      meet(node.pointee.b)
    }
  }

  private func free(_ slot: Int) {
    // Those are kept that will be needed until the next time.
    if spares.count < max(ScalarTape.leastReclaimed, order.count) { spares.append(bases[slot]) } else { release(bases[slot]) }
    chunks[slot] = Chunk(count: -1)
    freeSlots.append(slot)
  }

  /// Begins a walk over nodes: none has its stamp.
  func beginWalk() {
    stamp &+= 1
    guard stamp == 0 else { return }
    // After four thousand million walks the stamps begin anew.
    chunks[current].count = count
    for (slot, chunk) in chunks.enumerated() where chunk.count > 0 {
      for place in 0..<chunk.count { bases[slot][place].stamp = 0 }
    }
    stamp = 1
  }

  /// Says that a walk has to see this place.
  @inline(__always)
  func noteTop(_ id: ScalarID) {
    let slot = ScalarTape.slot(of: id)
    let place = Int32(ScalarTape.place(of: id))
    if states[slot].top < place { states[slot].top = place }
  }
}
