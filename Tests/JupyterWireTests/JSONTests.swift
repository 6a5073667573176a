import JupyterWire
import Testing

@Suite struct JSONTests {
  @Test(arguments: [
    "null", "true", "false", "0", "-12", "9223372036854775807", "1.5", "-0.25", "1e-07", "\"\"", "\"a\"", "[]", "{}",
    "[1,[2,[3]]]", #"{"b":1,"a":{"z":null,"y":[true]}}"#, #""\"\\\n\r\t\u0001""#, "\"Grüße, 世界 🙂\"",
  ])
  func `what was read is written the same`(text: String) throws {
    #expect(String(decoding: try JSON(parsing: Array(text.utf8)).bytes, as: UTF8.self) == text)
  }

  @Test(arguments: [
    (" [ 1 , 2 ]\n", [1, 2] as JSON),
    (#""\u00e9\/\b\f""#, "é/\u{8}\u{c}"),
    (#""\ud83d\ude42""#, "🙂"),
    (#""\ud83d!""#, "\u{fffd}!"),
    (#""\ud83d\u0041""#, "\u{fffd}A"),
    (#""\ude42""#, "\u{fffd}"),
    ("12345678901234567890", 12_345_678_901_234_567_890.0),
    ("1E2", 100.0),
    (#"{"a":1,"a":2}"#, .object(JSON.Object([("a", 1), ("a", 2)]))),
  ])
  func `a text has a value`(text: String, value: JSON) throws {
    #expect(try JSON(parsing: Array(text.utf8)) == value)
  }

  @Test(arguments: [
    ("", "the text ends too early at byte 0"),
    ("[1,", "the text ends too early at byte 3"),
    ("[1 2]", "unexpected character at byte 3"),
    ("nul", "unexpected character at byte 3"),
    ("{} x", "unexpected character at byte 3"),
    ("{1:2}", "unexpected character at byte 1"),
    (#"{"a" 1}"#, "unexpected character at byte 5"),
    ("[1,]", "unexpected character at byte 3"),
    ("01", "not a number that can be kept at byte 2"),
    ("1.", "not a number that can be kept at byte 2"),
    ("-", "not a number that can be kept at byte 1"),
    ("1e999", "not a number that can be kept at byte 5"),
    ("NaN", "unexpected character at byte 0"),
    ("\"a", "the text ends too early at byte 2"),
    ("\"\n\"", "a string holds a control character or an unknown escape at byte 1"),
    (#""\x""#, "a string holds a control character or an unknown escape at byte 3"),
    (#""\u12g4""#, "a string holds a control character or an unknown escape at byte 5"),
  ])
  func `a faulty text is refused with its place`(text: String, message: String) {
    let error = #expect(throws: JSONError.self) { try JSON(parsing: Array(text.utf8)) }
    #expect(error?.description == message)
  }

  @Test func `nesting is limited`() throws {
    func nested(_ depth: Int) -> [UInt8] {
      Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }
    #expect(throws: Never.self) { try JSON(parsing: nested(JSON.deepest)) }
    let error = #expect(throws: JSONError.self) { try JSON(parsing: nested(100_000)) }
    #expect(error?.reason == .tooDeep)
  }

  @Test func `many arrays side by side are not deep`() throws {
    let text = "[" + Array(repeating: "[{}]", count: 1000).joined(separator: ",") + "]"
    #expect(try JSON(parsing: Array(text.utf8)).array?.count == 1000)
  }

  @Test func `bytes that are no text become replacement characters`() throws {
    #expect(try JSON(parsing: [0x22, 0x61, 0xff, 0x22]) == "a\u{fffd}")
  }

  @Test func `no change of a byte and no cut ends in a trap`() {
    let text = Array(#"{"a":[1,-2.5e3,true,null,"x\n\ud83d\ude42é"],"b":{"c":false}}"#.utf8)
    for i in text.indices {
      _ = try? JSON(parsing: Array(text[..<i]))
      for byte in UInt8.min...UInt8.max {
        var changed = text
        changed[i] = byte
        if let value = try? JSON(parsing: changed) { #expect((try? JSON(parsing: value.bytes)) == value) }
      }
    }
  }

  @Test func `numbers without a JSON form become null`() {
    #expect(JSON.array([.number(.infinity), .number(.nan)]).bytes == Array("[null,null]".utf8))
  }

  @Test func `members are found, replaced in place and removed`() {
    var object: JSON.Object = ["a": 1, "b": 2]
    object["a"] = 3
    object["c"] = 4
    object["b"] = nil
    #expect(object == ["a": 3, "c": 4])
    #expect(object["b"] == nil)
    #expect(JSON.object(object)["c"]?.integer == 4)
  }
}
