import CKernels

struct CopyCode: PartedCode {
  let from: Address
  let into: Address
  let width: Int
  let rank: Int
  let sizes: UnsafePointer<Int>
  let fromStrides: UnsafePointer<Int>
  let intoStrides: UnsafePointer<Int>
  /// Of the first dimension.
  let parts: Parts

  init(_ copy: Instruction.Copy, _ arrays: CodeArrays) {
    width = copy.from.dtype.width
    from = Address(slot: copy.from.address.slot, offset: copy.from.offset + copy.fromStart * width)
    into = Address(slot: copy.into.address.slot, offset: copy.into.offset + copy.intoStart * width)
    let merged = copy.merged
    rank = merged.sizes.count
    sizes = UnsafePointer(arrays.store(merged.sizes))
    fromStrides = UnsafePointer(arrays.store(merged.fromStrides))
    intoStrides = UnsafePointer(arrays.store(merged.intoStrides))
    let first = merged.sizes.first ?? 1
    parts = Parts(first, bytes: 2 * width * (merged.sizes.reduce(1, *) / max(first, 1)))
  }

  func run(_ items: Range<Int>, _ slots: Slots) {
    guard rank > 0 else { return bp_copy_strided(width, 0, sizes, from.raw(slots), fromStrides, into.raw(slots), intoStrides) }
    let source = from.raw(slots) + items.lowerBound * fromStrides[0] * width
    let target = into.raw(slots) + items.lowerBound * intoStrides[0] * width
    if rank == 1 {
      var count = items.count
      bp_copy_strided(width, 1, &count, source, fromStrides, target, intoStrides)
    } else {
      for i in 0..<items.count {
        bp_copy_strided(
          width, rank - 1, sizes + 1, source + i * fromStrides[0] * width, fromStrides + 1,
          target + i * intoStrides[0] * width, intoStrides + 1)
      }
    }
  }
}

extension Instruction.Copy {
  /// The same copy with dimensions joined where both sides run on without a gap.
  fileprivate var merged: (sizes: [Int], fromStrides: [Int], intoStrides: [Int]) {
    var result: (sizes: [Int], fromStrides: [Int], intoStrides: [Int]) = ([], [], [])
    for (i, size) in sizes.enumerated() where size != 1 {
      if let last = result.sizes.indices.last, result.fromStrides[last] == fromStrides[i] * size,
        result.intoStrides[last] == intoStrides[i] * size
      {
        result.sizes[last] *= size
        result.fromStrides[last] = fromStrides[i]
        result.intoStrides[last] = intoStrides[i]
      } else {
        result.sizes.append(size)
        result.fromStrides.append(fromStrides[i])
        result.intoStrides.append(intoStrides[i])
      }
    }
    return result
  }
}

struct FillCode: PartedCode {
  let out: Address
  let dtype: DType
  let number: Double
  let parts: Parts

  init(_ buffer: Buffer, _ number: Double) {
    out = buffer.address
    dtype = buffer.dtype
    self.number = number
    parts = Parts(buffer.count, bytes: buffer.dtype.width, unit: 64)
  }

  func run(_ items: Range<Int>, _ slots: Slots) {
    switch dtype {
    case .float32: fill(items, slots, Float(number))
    case .float64: fill(items, slots, number)
    case .int64: fill(items, slots, Int(number))
    case .bool: fill(items, slots, number != 0)
    }
  }

  @inline(__always)
  private func fill<T: BitwiseCopyable>(_ items: Range<Int>, _ slots: Slots, _ value: T) {
    (out(slots, as: T.self) + items.lowerBound).update(repeating: value, count: items.count)
  }
}

struct ConvertCode: PartedCode {
  let from: Address
  let into: Address
  let fromType: DType
  let intoType: DType
  let parts: Parts

  init(_ from: Buffer, into: Buffer) {
    self.from = from.address
    self.into = into.address
    fromType = from.dtype
    intoType = into.dtype
    parts = Parts(from.count, bytes: from.dtype.width + into.dtype.width, unit: 64)
  }

  func run(_ items: Range<Int>, _ slots: Slots) {
    let (first, count) = (items.lowerBound, items.count)
    switch (fromType, intoType) {
    case (.float64, .float32):
      bp_float_from_double(from(slots, as: Double.self) + first, into(slots, as: Float.self) + first, count)
    case (.float32, .float64):
      bp_double_from_float(from(slots, as: Float.self) + first, into(slots, as: Double.self) + first, count)
    case (.int64, .float32): each(items, slots) { (x: Int) in Float(x) }
    case (.int64, .float64): each(items, slots) { (x: Int) in Double(x) }
    case (.bool, .float32): each(items, slots) { (x: Bool) in x ? Float(1) : 0 }
    case (.bool, .float64): each(items, slots) { (x: Bool) in x ? 1.0 : 0 }
    case (.bool, .int64): each(items, slots) { (x: Bool) in x ? 1 : 0 }
    default: preconditionFailure("no conversion from \(fromType) to \(intoType) is compiled")
    }
  }

  @inline(__always)
  private func each<A: BitwiseCopyable, B: BitwiseCopyable>(_ items: Range<Int>, _ slots: Slots, _ convert: (A) -> B) {
    let (x, out) = (from(slots, as: A.self), into(slots, as: B.self))
    for i in items { out[i] = convert(x[i]) }
  }
}
