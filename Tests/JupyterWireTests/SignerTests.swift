import Testing

@testable import JupyterWire

@Suite struct SignerTests {
  /// RFC 4231, test cases 1, 2 and 6.
  @Test(arguments: [
    (
      [UInt8](repeating: 0x0b, count: 20), "Hi There",
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      [UInt8](repeating: 0xaa, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
  ])
  func `signatures are those of the standard`(key: [UInt8], text: String, signature: String) {
    let signer = Signer(key: key)
    #expect(String(decoding: signer.signature(of: [Array(text.utf8)]), as: UTF8.self) == signature)
    // The parts are signed as if they were one.
    let halves = [Array(text.utf8.prefix(5)), Array(text.utf8.dropFirst(5))]
    #expect(signer.verifies(Array(signature.utf8), of: halves))
    #expect(!signer.verifies(Array(signature.uppercased().utf8), of: halves))
    #expect(!signer.verifies(Array(signature.utf8.dropLast()), of: halves))
  }

  @Test func `without a key nothing is signed`() {
    #expect(Signer(key: []).signature(of: [[1, 2, 3]]) == [])
    #expect(!Signer(key: []).signs)
  }

  @Test func `only the latest signatures are remembered`() {
    func signature(_ i: Int) -> [UInt8] {
      let digits = String(i, radix: 16)
      return Array((String(repeating: "0", count: 32 - digits.count) + digits + String(repeating: "f", count: 32)).utf8)
    }
    var seen = SeenSignatures()
    let areNew = (0...SeenSignatures.capacity).map { seen.insert(signature($0)) }
    #expect(!areNew.contains(false))
    let areNewAgain = [1, SeenSignatures.capacity, 0].map { seen.insert(signature($0)) }
    #expect(areNewAgain == [false, false, true])
  }
}
