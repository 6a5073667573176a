import CKernels

struct CopyCode: BitwiseCopyable {
  let from: Address
  let into: Address
  let width: Int
  let rank: Int
  let sizes: UnsafePointer<Int>
  let fromStrides: UnsafePointer<Int>
  let intoStrides: UnsafePointer<Int>

  init(_ copy: Instruction.Copy, _ arrays: CodeArrays) {
    width = copy.from.dtype.width
    from = Address(slot: copy.from.address.slot, offset: copy.from.offset + copy.fromStart * width)
    into = Address(slot: copy.into.address.slot, offset: copy.into.offset + copy.intoStart * width)
    let merged = copy.merged
    rank = merged.sizes.count
    sizes = UnsafePointer(arrays.store(merged.sizes))
    fromStrides = UnsafePointer(arrays.store(merged.fromStrides))
    intoStrides = UnsafePointer(arrays.store(merged.intoStrides))
  }

  func run(_ slots: Slots) {
    bp_copy_strided(width, rank, sizes, from.raw(slots), fromStrides, into.raw(slots), intoStrides)
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

struct FillCode: BitwiseCopyable {
  let out: Address
  let dtype: DType
  let count: Int
  let number: Double

  func run(_ slots: Slots) {
    switch dtype {
    case .float32: out(slots, as: Float.self).update(repeating: Float(number), count: count)
    case .float64: out(slots, as: Double.self).update(repeating: number, count: count)
    case .int64: out(slots, as: Int.self).update(repeating: Int(number), count: count)
    case .bool: out(slots, as: Bool.self).update(repeating: number != 0, count: count)
    }
  }
}

struct ConvertCode: BitwiseCopyable {
  let from: Address
  let into: Address
  let fromType: DType
  let intoType: DType
  let count: Int

  func run(_ slots: Slots) {
    switch (fromType, intoType) {
    case (.float64, .float32): bp_float_from_double(from(slots), into(slots), count)
    case (.float32, .float64): bp_double_from_float(from(slots), into(slots), count)
    case (.int64, .float32): each(slots) { (x: Int) in Float(x) }
    case (.int64, .float64): each(slots) { (x: Int) in Double(x) }
    case (.bool, .float32): each(slots) { (x: Bool) in x ? Float(1) : 0 }
    case (.bool, .float64): each(slots) { (x: Bool) in x ? 1.0 : 0 }
    case (.bool, .int64): each(slots) { (x: Bool) in x ? 1 : 0 }
    default: preconditionFailure("no conversion from \(fromType) to \(intoType) is compiled")
    }
  }

  @inline(__always)
  private func each<A: BitwiseCopyable, B: BitwiseCopyable>(_ slots: Slots, _ convert: (A) -> B) {
    let (x, out) = (from(slots, as: A.self), into(slots, as: B.self))
    for i in 0..<count { out[i] = convert(x[i]) }
  }
}
