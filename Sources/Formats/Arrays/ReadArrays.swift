import Tensors

/// Reads the array of an npy file: floats of 16 bits become float32, whole numbers int64.
public func readNpy(_ path: String) throws(ReadError) -> Tensor {
  try withBytes(of: path) { bytes throws(ArrayFileError) in try Tensor(npy: bytes[...]) }
}

/// Reads the arrays of an npz file with their names, in the file's order.
public func readNpz(_ path: String) throws(ReadError) -> [(name: String, array: Tensor)] {
  try withBytes(of: path) { bytes throws(ArrayFileError) in
    let archive = try ZipArchive(bytes)
    var arrays: [(name: String, array: Tensor)] = []
    var names: Set<String> = []
    for member in archive.members {
      let name = member.name.hasSuffix(".npy") ? String(member.name.dropLast(4)) : member.name
      do throws(ArrayFileError) {
        guard names.insert(name).inserted else { throw ArrayFileError(.nameTwice) }
        arrays.append((name, try archive.array(member)))
      } catch {
        throw error.of(name)
      }
    }
    return arrays
  }
}

/// Calls `body` with the bytes of a file, which are counted in the budget meanwhile.
private func withBytes<Result>(
  of path: String, _ body: ([UInt8]) throws(ArrayFileError) -> Result
) throws(ReadError) -> Result {
  let file: RegularFile
  do throws(FileError) { file = try RegularFile(path) } catch { throw .file(error) }
  do throws(TensorError) {
    try MemoryBudget.charge(file.size)
  } catch {
    throw .array(ArrayFileError(.tensor(error)), path: path)
  }
  defer { MemoryBudget.release(file.size) }
  let bytes: [UInt8]
  do throws(FileError) { bytes = try file.contents() } catch { throw .file(error) }
  do throws(ArrayFileError) { return try body(bytes) } catch { throw .array(error, path: path) }
}

/// Calls `body` while so many bytes are counted in the budget.
private func charging<Result>(_ size: Int, _ body: () throws(ArrayFileError) -> Result) throws(ArrayFileError) -> Result {
  do throws(TensorError) { try MemoryBudget.charge(size) } catch { throw ArrayFileError(.tensor(error)) }
  defer { MemoryBudget.release(size) }
  return try body()
}

extension ZipArchive {
  fileprivate func array(_ member: Member) throws(ArrayFileError) -> Tensor {
    // Sizes are checked against the file before memory is asked for.
    _ = try packed(member)
    return try charging(member.method == 0 ? 0 : member.size) { () throws(ArrayFileError) in
      try Tensor(npy: try contents(of: member))
    }
  }
}

extension Tensor {
  /// The array of an npy file.
  fileprivate init(npy bytes: ArraySlice<UInt8>) throws(ArrayFileError) {
    let (header, start) = try NpyHeader.read(bytes)
    let shape: Shape
    do throws(TensorError) {
      shape = try Shape(header.isColumnMajor ? header.shape.reversed() : header.shape)
    } catch {
      throw ArrayFileError(.hugeShape(header.shape))
    }
    let numbers = bytes[start...]
    let promised = shape.count * header.encoding.width
    guard numbers.count >= promised else { throw ArrayFileError(.cutShort(promised: promised, found: numbers.count)) }
    guard numbers.count == promised else { throw ArrayFileError(.bytesBehind(numbers.count - promised)) }
    do throws(TensorError) {
      let array = try Tensor(encoded: numbers, as: header.encoding, shape: shape)
      self = header.isColumnMajor ? try array.transpose() : array
    } catch {
      if case .notANumberAsInteger(let number) = error.kind { throw ArrayFileError(.tooLarge(number)) }
      throw ArrayFileError(.tensor(error))
    }
  }
}

/// A tensor as the bytes of an npy file, row-major, in pieces of some megabytes.
public func npy(_ tensor: Tensor) -> some Sequence<[UInt8]> {
  let piece = 4 << 20
  return sequence(state: -1) { (start: inout Int) -> [UInt8]? in
    defer { start = start < 0 ? 0 : min(start + piece, tensor.byteCount) }
    if start < 0 { return NpyHeader.bytes(for: tensor) }
    return start < tensor.byteCount ? tensor.bytes(start..<min(start + piece, tensor.byteCount)) : nil
  }
}
