import FoundationEssentials
import Formats
import Tensors

/// The files that `Tests/Fixtures/make_arrays.py` had NumPy write.
enum ArrayFixture {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/arrays").path

  static func path(_ name: String) -> String { folder + "/" + name }

  /// All arrays of a file of numbers, which `name` says to be an archive or none.
  static func arrays(at path: String, of name: String) throws -> [Tensor] {
    name.hasSuffix("npz") ? try readNpz(path).map(\.array) : [try readNpy(path)]
  }

  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
}

/// Calls `body` with the path of a file that holds `bytes`.
@discardableResult
func withFile<Result>(_ bytes: [UInt8], _ body: (String) throws -> Result) throws -> Result {
  let path = FileManager.default.temporaryDirectory.appending(path: "bp-\(UInt64.random(in: 0...UInt64.max))").path
  try FileContents.write(bytes, to: path)
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(path)
}

/// The words of a failure, with `file` for the path, and what they advise.
func words(_ error: any Error, path: String) -> [String?] {
  guard let error = error as? ReadError else { return ["\(error)"] }
  return [error.message.map { $0.replacing(path, with: "file") }, error.help]
}
