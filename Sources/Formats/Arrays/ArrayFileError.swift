import Tensors

/// What is wrong with a file of arrays, and in which of them.
public struct ArrayFileError: Error, Equatable, Sendable {
  public enum Kind: Equatable, Sendable {
    /// No npy file, by its first bytes.
    case notArray
    /// No zip archive, as npz files are.
    case notArchive
    /// An npz file where an npy file is asked for.
    case archiveForArray
    /// An npy file where an npz file is asked for.
    case arrayForArchive
    case unknownVersion(Int)
    case badHeader
    /// Python objects, which only Python could make again.
    case pickled
    /// Anything else that is no number, by NumPy's name for it.
    case notNumbers(String)
    case tooManyDimensions(Int)
    /// A shape with more elements than any memory holds.
    case hugeShape([Int])
    /// Bytes that the shape takes, and those that are there.
    case cutShort(promised: Int, found: Int)
    case bytesBehind(Int)
    /// A `uint64` that int64 cannot hold.
    case tooLarge(String)
    case encrypted
    case unknownCompression(Int)
    /// The archive's list of members, or where they lie, contradicts the file.
    case damagedArchive
    /// A member that does not unpack to what the archive says of it.
    case damagedMember
    case nameTwice
    /// Memory that is not there, or an interrupt.
    case tensor(TensorError)
  }

  public var kind: Kind
  /// The array's name in an npz file.
  public var member: String?

  init(_ kind: Kind, member: String? = nil) {
    self.kind = kind
    self.member = member
  }

  /// The error of tensors that it is, if it is one.
  public var cause: TensorError? {
    if case .tensor(let error) = kind { error } else { nil }
  }

  /// The same, in the array of a name.
  func of(_ member: String) -> ArrayFileError { ArrayFileError(kind, member: member) }
}

extension ArrayFileError {
  /// What stands behind the file's name.
  public var message: String { (member.map { ", array \($0): " } ?? ": ") + what }

  private var what: String {
    switch kind {
    case .notArray: "this is not an npy file"
    case .notArchive: "this is not an npz file"
    case .archiveForArray: "this is an npz file, which holds arrays by name"
    case .arrayForArchive: "this is an npy file, which holds one array"
    case .unknownVersion(let version): "its format has version \(version), but 1, 2 and 3 are known"
    case .badHeader: "its header, which should tell type and shape, cannot be read"
    case .pickled: "it holds pickled Python objects, not numbers"
    case .notNumbers(let name): "its elements have the type \(name), but only real numbers and bools can be read"
    case .tooManyDimensions(let count): "its header speaks of \(count) dimensions, but arrays have at most 64"
    case .hugeShape(let sizes): "its header speaks of the shape \(sizes), which has more elements than any memory holds"
    case .cutShort(let promised, let found): "its header promises \(promised) bytes of numbers, but \(found) are there"
    case .bytesBehind(let count): "\(count) bytes stand behind the numbers that its header promises"
    case .tooLarge(let number): "it holds \(number), which has no int64 value"
    case .encrypted: "it is encrypted"
    case .unknownCompression(let method): "it is compressed by method \(method), but only stored and deflated arrays can be read"
    case .damagedArchive: "the archive is damaged: what it says of its members does not fit the file"
    case .damagedMember: "it is damaged: it does not unpack to what the archive says of it"
    case .nameTwice: "the name stands for two arrays"
    case .tensor(let error): error.message
    }
  }

  public var help: String? {
    switch kind {
    case .notArray: "np.save(path, x) writes one; tables of text are read by read_csv"
    case .notArchive: "np.savez(path, name=x) writes one"
    case .archiveForArray: "read_npz gives its arrays as a dictionary"
    case .arrayForArchive: "read_npy gives the array"
    case .unknownVersion, .badHeader, .hugeShape, .tooManyDimensions, .damagedArchive, .damagedMember:
      "write or fetch the file again: np.save and np.savez make ones that can be read"
    case .pickled: "bp runs no code from files: in Python np.save(path, np.array(x, dtype=float)) writes the numbers alone"
    case .notNumbers: "in Python x.astype(\"float64\") makes numbers of what can be numbers"
    case .cutShort: "the file is not complete: write or fetch it again"
    case .bytesBehind: "where it holds several arrays, np.savez(path, a=a, b=b) keeps them by name, for read_npz"
    case .tooLarge: "in Python x.astype(\"float64\") makes floats of such numbers"
    case .encrypted: "np.savez(path, name=x) writes it in the clear"
    case .unknownCompression: "np.savez_compressed(path, name=x) deflates"
    case .nameTwice: "give each array a name of its own"
    case .tensor(let error): error.help
    }
  }
}
