import CKernels

/// A library that is used where it is installed.
public enum ComputeLibrary: CaseIterable, Sendable {
  /// Inverses, decompositions, linear systems.
  case lapack
  /// Some of the largest products.
  case oneDNN

  /// Its version where it was loaded, now if not before; nil where it is not there.
  public var version: String? {
    var parts: [CInt] = [0, 0, 0]
    switch self {
    case .lapack:
      guard bp_lapack_is_there() else { return nil }
      bp_lapack_version(&parts)
    case .oneDNN:
      guard bp_onednn_is_there() else { return nil }
      bp_onednn_version(&parts)
    }
    return parts.map(String.init).joined(separator: ".")
  }

  /// Why it is not there, for a person.
  public var absence: String? {
    switch self {
    case .lapack: version == nil ? "liblapack.so.3 is not installed" : nil
    case .oneDNN: bp_onednn_absence().map { String(cString: $0) }
    }
  }
}
