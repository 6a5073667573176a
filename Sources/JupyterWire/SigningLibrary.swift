import CSodium

/// libsodium, which signs the messages.
public enum SigningLibrary {
  public static var version: String { String(cString: sodium_version_string()) }
}
