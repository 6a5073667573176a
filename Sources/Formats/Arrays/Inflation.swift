import CZlib
import Tensors

/// What raw deflated bytes unpack to, which must be exactly `size` bytes.
func inflated(_ packed: ArraySlice<UInt8>, size: Int) throws(ArrayFileError) -> [UInt8] {
  var stream = z_stream()
  // The negative window says that no header of zlib's own stands before.
  guard inflateInit2_(&stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
    throw ArrayFileError(.tensor(TensorError(.outOfMemory(requested: size, used: MemoryBudget.used, limit: MemoryBudget.limit))))
  }
  defer { inflateEnd(&stream) }
  var outcome = Z_OK
  var wasInterrupted = false
  let bytes = [UInt8](unsafeUninitializedCapacity: size) { out, count in
    packed.withUnsafeBufferPointer { source in
      // zlib counts in 32 bits, and between blocks one may interrupt.
      let block = 1 << 22
      var (taken, written) = (0, 0)
      while outcome == Z_OK {
        if Interruption.isWanted {
          wasInterrupted = true
          break
        }
        let (input, room) = (min(block, source.count - taken), min(block, out.count - written))
        stream.next_in = source.baseAddress.map { UnsafeMutablePointer(mutating: $0 + taken) }
        stream.avail_in = UInt32(input)
        stream.next_out = out.baseAddress.map { $0 + written }
        stream.avail_out = UInt32(room)
        outcome = inflate(&stream, Z_NO_FLUSH)
        taken += input - Int(stream.avail_in)
        written += room - Int(stream.avail_out)
      }
      count = written
    }
  }
  guard !wasInterrupted else { throw ArrayFileError(.tensor(TensorError(.interrupted))) }
  // Without progress the outcome is an error of its own, so a full buffer or an early end does not go round for ever.
  guard outcome == Z_STREAM_END, bytes.count == size else { throw ArrayFileError(.damagedMember) }
  return bytes
}
