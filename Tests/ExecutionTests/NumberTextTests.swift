import Glibc
import Testing

@testable import Execution

@Suite struct NumberTextTests {
  @Test(arguments: [
    (0.1, "0.1"), (1.0, "1.0"), (-0.0, "-0.0"), (1e16, "1e+16"), (1e15, "1000000000000000.0"), (123456.789, "123456.789"),
    (1e-4, "0.0001"), (1e-5, "1e-05"), (1.5e-7, "1.5e-07"), (Double.leastNonzeroMagnitude, "5e-324"),
    (1.7976931348623157e308, "1.7976931348623157e+308"),
    (9007199254740993.0, "9007199254740992.0"), (Double.infinity, "inf"), (-Double.infinity, "-inf"), (Double.nan, "nan"),
    (100.0, "100.0"),
  ])
  func `floats print as the shortest decimal that gives them back`(number: Double, text: String) {
    #expect(FloatText.repr(number) == text)
  }

  @Test func `single precision has shorter decimals`() {
    #expect(FloatText.repr(Float(0.1)) == "0.1")
    #expect(FloatText.repr(Float(16777216)) == "16777216.0")
  }

  @Test(arguments: [
    ("1.5", 1.5), (" 2e3 ", 2000.0), (".5", 0.5), ("5.", 5.0), ("1_0", 10.0), ("-inf", -Double.infinity), ("0", 0.0), (".0", 0.0),
  ])
  func `text is read as Python reads floats`(text: String, number: Double) throws {
    #expect(try NumberText.float(StringObject(text)) == number)
  }

  @Test(arguments: ["", ".", "1__0", "_1", "0x10", "e5", "1e", "one", "--1", "1 2"])
  func `what is no number is refused`(text: String) {
    #expect(throws: RuntimeError.self) { try NumberText.float(StringObject(text)) }
    #expect(throws: RuntimeError.self) { try NumberText.int(StringObject(text), base: 10) }
  }

  @Test func `digits after the point are those of C, ties and the smallest numbers included`() {
    var random = SplitMix(seed: 1)
    var numbers: [Double] = [
      0, -0.0, 0.5, 1.5, 2.5, 0.125, 0.375, .leastNonzeroMagnitude, .leastNormalMagnitude / 8, 1e-30, 0.1,
      0.999_999_999_999_999_9, 1e15 + 0.3, 4.6e18, 5e18, 1e300,
    ]
    for _ in 0..<2000 {
      numbers.append(Double(bitPattern: random.next()))
      // Halves and eighths are ties at few digits.
      numbers.append(Double(Int64(bitPattern: random.next() >> 40)) / 8)
    }
    for number in numbers where number.isFinite {
      for digits in [0, 1, 2, 3, 6, 17, 18, 19] {
        for keepsPoint in [false, true] {
          #expect(FloatText.fixed(number, "f", digits: digits, keepsPoint: keepsPoint) == printed(number, digits, keepsPoint))
        }
      }
    }
  }

  /// As `printf` writes it.
  private func printed(_ number: Double, _ digits: Int, _ keepsPoint: Bool) -> String {
    var buffer = [CChar](repeating: 0, count: 400)
    let length = withVaList([Int32(digits), number]) { vsnprintf(&buffer, buffer.count, keepsPoint ? "%#.*f" : "%.*f", $0) }
    return String(decoding: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// SplitMix64.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
