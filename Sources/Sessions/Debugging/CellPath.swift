import Diagnostics
import Formats

/// The path by which debuggers call a source: a file's own, or one made of a cell's text.
///
/// A front end makes the path of a cell by itself, from the text: prefix, Murmur2 of the text as a decimal number, suffix.
public enum SourcePath {
  // Nothing is ever written there, or read.
  public static let cellPrefix = "/tmp/bp_cells/"
  public static let cellSuffix = ".bp"
  public static let seed: UInt32 = 0xc70f_6907

  public static func cell(_ text: some Collection<UInt8>) -> String {
    cellPrefix + String(murmur2(Array(text), seed)) + cellSuffix
  }

  static func of(_ source: Source) -> String {
    guard source.name.hasSuffix(".bp") else { return cell(source.utf8) }
    return file(source.name)
  }

  /// A file's full path.
  static func file(_ name: String) -> String {
    FileContents.realPath(name) ?? name
  }

  /// MurmurHash2 by Austin Appleby, with 32 bits.
  static func murmur2(_ bytes: [UInt8], _ seed: UInt32) -> UInt32 {
    let factor: UInt32 = 0x5bd1_e995
    var hash = seed ^ UInt32(truncatingIfNeeded: bytes.count)
    let whole = bytes.count & ~3
    for place in stride(from: 0, to: whole, by: 4) {
      var word = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[place + $1]) << (8 * UInt32($1)) }
      word = word &* factor
      word ^= word >> 24
      word = word &* factor
      hash = hash &* factor ^ word
    }
    for (i, byte) in bytes[whole...].enumerated() { hash ^= UInt32(byte) << (8 * UInt32(i)) }
    if bytes.count > whole { hash = hash &* factor }
    hash ^= hash >> 13
    hash = hash &* factor
    return hash ^ hash >> 15
  }
}
