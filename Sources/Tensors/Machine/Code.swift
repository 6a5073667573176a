import CKernels

typealias Slots = UnsafePointer<UnsafeMutableRawPointer?>

/// An instruction laid out to run: plain numbers and addresses, so that a step neither allocates nor counts references.
enum Code: BitwiseCopyable {
  case chain(ChainCode)
  case product(ProductCode)
  case sum(SumCode)
  case rows(RowsCode)
  case softmaxLoss(SoftmaxLossCode)
  case copy(CopyCode)
  case fill(FillCode)
  case gather(GatherCode)
  case convert(ConvertCode)
  case oneHot(OneHotCode)
  case dropoutMask(MaskCode)
  case convolution(ConvolutionCode)
  case pooling(PoolingCode)
  /// The number of a call in the program's list.
  case call(Int)

  init(_ instruction: Instruction, _ arrays: CodeArrays, calls: inout [Instruction.Call]) {
    switch instruction {
    case .chain(let chain): self = .chain(ChainCode(chain, arrays))
    case .product(let product): self = .product(ProductCode(product, arrays))
    case .sum(let x, let out, let outer, let length, let inner):
      self = .sum(SumCode(x, into: out, outer: outer, length: length, inner: inner))
    case .rows(let function, let x, let out, let rows, let columns):
      self = .rows(RowsCode(function, x, into: out, rows: rows, columns: columns))
    case .softmaxLoss(let loss): self = .softmaxLoss(SoftmaxLossCode(loss))
    case .copy(let copy): self = .copy(CopyCode(copy, arrays))
    case .fill(let buffer, let number): self = .fill(FillCode(buffer, number))
    case .gather(let gather): self = .gather(GatherCode(gather))
    case .convert(let from, let into): self = .convert(ConvertCode(from, into: into))
    case .oneHot(let places, let out, let classes):
      self = .oneHot(
        OneHotCode(places: places.address, out: out.address, count: places.count, classes: classes, dtype: out.dtype))
    case .dropoutMask(let chance, let draw, let p, let out):
      self = .dropoutMask(MaskCode(chance, draw: draw, p: p, into: out))
    case .convolution(let loop, let a, let b, let out): self = .convolution(ConvolutionCode(loop, a, b, into: out, arrays))
    case .pooling(let kind, let x, let out, let layout): self = .pooling(PoolingCode(kind, x, into: out, layout))
    case .call(let call):
      calls.append(call)
      self = .call(calls.count - 1)
    }
  }
}

/// A buffer's place without its type and length.
struct Address: BitwiseCopyable {
  let slot: Int32
  let offset: Int

  @inline(__always)
  func callAsFunction<T: BitwiseCopyable>(_ slots: Slots, as _: T.Type = T.self) -> UnsafeMutablePointer<T> {
    raw(slots).assumingMemoryBound(to: T.self)
  }

  @inline(__always)
  func raw(_ slots: Slots) -> UnsafeMutableRawPointer {
    // Every region has a base, if only for no bytes.
    slots[Int(slot)].unsafelyUnwrapped + offset
  }
}

extension Buffer {
  var address: Address { Address(slot: Int32(region.rawValue), offset: offset) }
}
