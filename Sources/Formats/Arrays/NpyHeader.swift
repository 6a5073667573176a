import Tensors

/// What stands before the numbers of an npy file (NumPy's `numpy.lib.format`, versions 1.0 to 3.0).
struct NpyHeader: Equatable {
  var encoding: NumberEncoding
  /// Whether the first dimension runs fastest, as in Fortran.
  var isColumnMajor = false
  var shape: [Int]

  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  private static let mostDimensions = 64
}

extension NpyHeader {
  /// Reads the header at the start of `bytes`, and gives the place of the first number.
  static func read(_ bytes: ArraySlice<UInt8>) throws(ArrayFileError) -> (header: NpyHeader, end: Int) {
    guard bytes.starts(with: magic) else {
      throw ArrayFileError(bytes.starts(with: ZipArchive.magic) ? .archiveForArray : .notArray)
    }
    let afterMagic = bytes.startIndex + magic.count
    guard let version = bytes.number(at: afterMagic, width: 1) else { throw ArrayFileError(.badHeader) }
    guard (1...3).contains(version) else { throw ArrayFileError(.unknownVersion(version)) }
    let width = version == 1 ? 2 : 4
    let start = afterMagic + 2 + width
    guard let length = bytes.number(at: afterMagic + 2, width: width), length <= bytes.endIndex - start else {
      throw ArrayFileError(.badHeader)
    }
    var scanner = HeaderScanner(bytes[start..<start + length])
    guard let entries = scanner.dictionary() else { throw ArrayFileError(.badHeader) }
    return (try NpyHeader(entries), start + length)
  }

  private init(_ entries: [String: HeaderScanner.Value]) throws(ArrayFileError) {
    guard case .flag(let isColumnMajor)? = entries["fortran_order"], case .tuple(let shape)? = entries["shape"] else {
      throw ArrayFileError(.badHeader)
    }
    guard shape.count <= Self.mostDimensions else { throw ArrayFileError(.tooManyDimensions(shape.count)) }
    self.isColumnMajor = isColumnMajor
    self.shape = shape
    switch entries["descr"] {
    case .text(let name)?: encoding = try NumberEncoding(numpy: name)
    case .records?: throw ArrayFileError(.notNumbers("record"))
    default: throw ArrayFileError(.badHeader)
    }
  }

  /// The header of an array in C's order, as version 1.0 writes it: the numbers begin at a multiple of 64 bytes.
  static func bytes(for tensor: Tensor) -> [UInt8] {
    let sizes = tensor.shape.dimensions.map(String.init).joined(separator: ", ") + (tensor.rank == 1 ? "," : "")
    let type = tensor.dtype.numpyName
    var text = Array("{'descr': '\(type)', 'fortran_order': False, 'shape': (\(sizes)), }".utf8)
    let before = magic.count + 4
    text += Array(repeating: UInt8(ascii: " "), count: 63 - (before + text.count) % 64) + [UInt8(ascii: "\n")]
    return magic + [1, 0, UInt8(text.count & 255), UInt8(text.count >> 8)] + text
  }
}

extension NumberEncoding {
  /// By NumPy's name, such as `<f4`: the order of the bytes, the kind and the number of bytes.
  fileprivate init(numpy name: String) throws(ArrayFileError) {
    let marks = Array(name.utf8)
    // An object's name has no width.
    if marks.dropFirst().first == UInt8(ascii: "O") || name == "O" { throw ArrayFileError(.pickled) }
    guard marks.count >= 3, let order = marks.first, Array("<>|=".utf8).contains(order), let width = Int(name.dropFirst(2)) else {
      throw ArrayFileError(.badHeader)
    }
    let kind: Kind? =
      switch marks[1] {
      case UInt8(ascii: "f"): .float
      case UInt8(ascii: "i"): .signed
      case UInt8(ascii: "u"): .unsigned
      case UInt8(ascii: "b"): .bool
      default: nil
      }
    guard let kind, let encoding = NumberEncoding(kind, width: width, isBigEndian: order == UInt8(ascii: ">")) else {
      throw ArrayFileError(.notNumbers(name))
    }
    self = encoding
  }
}

extension DType {
  fileprivate var numpyName: String {
    switch self {
    case .float32: "<f4"
    case .float64: "<f8"
    case .int64: "<i8"
    case .bool: "|b1"
    }
  }
}
