import CSodium

/// Signs messages with HMAC-SHA256, or with nothing if the key is empty.
struct Signer: Sendable {
  /// The state after the key was mixed in; `nil` without a key.
  private let keyed: crypto_auth_hmacsha256_state?

  init(key: [UInt8]) {
    guard !key.isEmpty else {
      keyed = nil
      return
    }
    var state = crypto_auth_hmacsha256_state()
    crypto_auth_hmacsha256_init(&state, key, key.count)
    keyed = state
  }

  var signs: Bool { keyed != nil }

  /// The signature of the parts in lower-case hexadecimal digits; empty without a key.
  func signature(of parts: some Sequence<[UInt8]>) -> [UInt8] {
    guard var state = keyed else { return [] }
    for part in parts {
      crypto_auth_hmacsha256_update(&state, part, UInt64(part.count))
    }
    var digest = [UInt8](repeating: 0, count: Int(crypto_auth_hmacsha256_BYTES))
    crypto_auth_hmacsha256_final(&state, &digest)
    let digits = Array("0123456789abcdef".utf8)
    return digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
  }

  /// Whether the signature belongs to the parts; takes the same time for every wrong one.
  func verifies(_ signature: [UInt8], of parts: some Sequence<[UInt8]>) -> Bool {
    let expected = self.signature(of: parts)
    return expected.count == signature.count && sodium_memcmp(expected, signature, expected.count) == 0
  }
}
