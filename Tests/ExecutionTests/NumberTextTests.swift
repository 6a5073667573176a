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
}
