import CZlib

/// zlib, which packs and unpacks arrays.
public enum CompressionLibrary {
  public static var version: String { zlibVersion().map { String(cString: $0) } ?? "" }
}
