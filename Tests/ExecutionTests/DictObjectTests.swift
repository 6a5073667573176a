import Testing

@testable import Execution

@Suite struct DictObjectTests {
  @Test func `equal numbers of different types are one key`() throws {
    let dict = DictObject()
    try dict.set(.int(1), to: .string("int"))
    try dict.set(.float(1), to: .string("float"))
    try dict.set(.bool(true), to: .string("bool"))
    #expect(dict.count == 1)
    #expect(try Value.dict(dict).representation() == "{1: 'bool'}")
  }

  @Test func `the order of insertion survives removals and growth`() throws {
    let dict = DictObject()
    var expected: [Int] = []
    for number in 0..<500 {
      try dict.set(.int(number * 31 % 501), to: .int(number))
      expected.append(number * 31 % 501)
      if number % 3 == 0 {
        let gone = expected.remove(at: expected.count / 2)
        #expect(try dict.remove(.int(gone)) != nil)
      }
    }
    #expect(dict.keys.compactMap { if case .int(let key) = $0 { key } else { nil } } == expected)
    #expect(dict.count == expected.count)
    for key in expected { #expect(try dict.value(for: .int(key)) != nil) }
  }

  @Test func `canonically equivalent texts are different keys`() throws {
    let dict = DictObject([("e\u{301}", .int(1))])
    #expect(dict["\u{e9}"] == nil)
  }

  @Test func `lists are refused as keys, also within tuples`() {
    #expect(throws: RuntimeError.self) { try DictObject().set(.list([]), to: .none) }
    #expect(throws: RuntimeError.self) { try DictObject().set(.tuple([.int(1), .list([])]), to: .none) }
  }
}
