import Testing

@testable import Execution

/// Natives over long inputs ask whether to stop: with the flag raised beforehand none of them comes to its end.
@Suite struct InterruptionTests {
  private static let length = 3 * Parts.most
  private static let numbers = Value.list((0..<length).map { .int($0 * 7919 % 1_000_003) })
  private static let others = Value.list((0..<length).map { .int($0 * 7919 % 1_000_003) })
  private static let words = Value.list((0..<length).map { .string(String($0)) })
  private static let tuple = Value.tuple((0..<length).map { .int($0) })
  private static let dict = Value.dict(DictObject((0..<length).map { (String($0), .int($0)) }))
  private static let otherDict = Value.dict(DictObject((0..<length).map { (String($0), .int($0)) }))
  private static let range = RangeObject(start: 0, stop: length, step: 1).map { Value.range($0) } ?? .none
  private static let text = Value.string(String(repeating: "ab cd\n", count: length))
  private static let accents = Value.string(String(repeating: "äb cd\n", count: length))
  private static let letters = Value.string(String(repeating: "ab", count: length))
  private static let blanks = Value.string(String(repeating: " ", count: length))
  private static let everySecond = Value.slice(SliceObject(start: .none, stop: .none, step: .int(2)))
  private static let whole = Value.slice(SliceObject(start: .none, stop: .none, step: .none))

  @Test(arguments: [
    ("list", [numbers]), ("list", [range]), ("list", [text]), ("list", [dict]), ("tuple", [range]), ("dict", [dict]),
    ("dict", [.list((0..<length).map { .tuple([.int($0), .none]) })]), ("enumerate", [numbers]), ("zip", [numbers, words]),
    ("filter", [.none, numbers]), ("sorted", [numbers]), ("sorted", [words]), ("reversed", [numbers]), ("sum", [numbers]),
    ("max", [numbers]), ("any", [.list(.init(repeating: .int(0), count: length))]), ("str", [numbers]), ("str", [dict]),
    ("repr", [text]), ("repr", [accents]), ("print", [numbers]), ("format", [numbers]),
  ])
  func `a function ends`(name: String, arguments: [Value]) throws {
    let function = try #require(CoreFunctions.table[name])
    try expectInterrupt("\(name)") { machine in
      _ = try machine.call(function, Arguments(arguments))
    }
  }

  @Test(arguments: [
    ("index", [numbers, .int(-1)]), ("count", [numbers, .int(-1)]), ("remove", [numbers, .int(-1)]), ("copy", [numbers]),
    ("extend", [.list([]), numbers]), ("sort", [numbers]), ("index", [tuple, .int(-1)]), ("keys", [dict]), ("values", [dict]),
    ("items", [dict]), ("copy", [dict]), ("update", [.dict(DictObject()), dict]), ("find", [text, .string("zz")]),
    ("rfind", [text, .string("zz")]), ("count", [text, .string("zz")]), ("replace", [text, .string("ab"), .string("c")]),
    ("replace", [text, .string(""), .string("c")]), ("split", [text]), ("split", [text, .string(" ")]),
    ("rsplit", [text, .none, .int(2)]), ("rsplit", [text, .string(" ")]), ("partition", [text, .string("zz")]),
    ("rpartition", [text, .string("zz")]), ("splitlines", [text]), ("removeprefix", [text, .string("ab")]),
    ("removesuffix", [text, .string("\n")]), ("strip", [blanks]), ("rstrip", [blanks]), ("join", [.string(","), words]),
    ("ljust", [.string("a"), .int(length)]), ("center", [.string("a"), .int(length)]), ("zfill", [.string("1"), .int(length)]),
    ("expandtabs", [text]), ("format", [text]), ("isalpha", [letters]), ("isspace", [blanks]), ("isupper", [blanks]),
    ("istitle", [text]), ("isidentifier", [letters]), ("upper", [text]), ("upper", [accents]), ("lower", [text]),
    ("casefold", [accents]), ("swapcase", [text]), ("capitalize", [accents]), ("title", [text]),
  ])
  func `a method ends`(name: String, arguments: [Value]) throws {
    let function = try #require(MethodTable.methods(of: arguments[0])[name])
    try expectInterrupt(name) { machine in
      _ = try machine.call(.native(function), Arguments(arguments))
    }
  }

  @Test func `an operation ends`() throws {
    let list = ListObject((0..<Self.length).map { .int($0) })
    let operations: [(Machine) throws -> Void] = [
      { machine in _ = try machine.equal(Self.numbers, Self.others) },
      { machine in _ = try machine.equal(Self.dict, Self.otherDict) },
      { machine in _ = try machine.compare(.less, Self.numbers, Self.others) },
      { machine in _ = try machine.contains(Self.numbers, .int(-1)) },
      { machine in _ = try machine.contains(Self.text, .string("zz")) },
      { machine in _ = try machine.item(of: Self.numbers, at: Self.whole) },
      { machine in _ = try machine.item(of: Self.numbers, at: Self.everySecond) },
      { machine in _ = try machine.item(of: Self.text, at: Self.everySecond) },
      { machine in _ = try machine.item(of: Self.accents, at: .int(0)) },
      { machine in try machine.deleteItem(of: .list(list), at: Self.everySecond) },
      { machine in _ = try machine.unpack(Self.numbers, count: 2, star: 1) },
      { machine in _ = try machine.binary(.add, Self.numbers, Self.words) },
      { machine in _ = try machine.joined([Value](repeating: .none, count: Self.length)[...]) },
      { machine in _ = try machine.values(Self.length) { _ in .none } },
      { machine in _ = try machine.repeated("ab", Self.length) },
      { machine in _ = try machine.escapedToASCII(String(repeating: "a", count: Self.length)) },
    ]
    for (place, operation) in operations.enumerated() { try expectInterrupt("operation \(place)", operation) }
  }

  private func expectInterrupt(_ name: String, _ body: (Machine) throws -> Void) throws {
    let machine = Machine()
    machine.interrupt.raise()
    let error = #expect(throws: RuntimeError.self, "\(name)") { try body(machine) }
    #expect(error?.kind == .keyboardInterrupt, "\(name)")
  }
}

/// What is done in parts is the same as in one piece, also where a part ends within a character.
@Suite struct PartsTests {
  @Test(arguments: ["ab cd\n", "äb cd\n", "a€", "x😀yz"])
  func `a text is made of its parts`(piece: String) throws {
    let text = String(repeating: piece, count: Parts.most / 2)
    let machine = Machine()
    var (scalars, count) = (String.UnicodeScalarView(), 0)
    var parts = machine.parts(of: text)
    while let part = try parts.next() {
      scalars.append(contentsOf: part)
      count += 1
    }
    #expect(count > 1)
    #expect(String(scalars).utf8.elementsEqual(text.utf8))
    #expect(try machine.text(of: Array(text.utf8)[...]).utf8.elementsEqual(text.utf8))
    #expect(try machine.repeated(piece, Parts.most / 2).utf8.elementsEqual(text.utf8))
    #expect(try machine.occurrences(of: Array(piece.utf8), in: Array(text.utf8)) == Parts.most / 2)
  }

  @Test(arguments: [-2, -1, 0, 1, 2])
  func `a pattern is found where two parts meet`(offset: Int) throws {
    let machine = Machine()
    var bytes = [UInt8](repeating: 0x61, count: 3 * Parts.most)
    let first = Parts.most + offset
    bytes.replaceSubrange(first..<(first + 3), with: [0x78, 0x79, 0x7a])
    let last = bytes.count - first - 3
    #expect(try machine.firstRange(of: [0x78, 0x79, 0x7a], in: bytes)?.lowerBound == first)
    #expect(try machine.lastRange(of: [0x78, 0x79, 0x7a], in: bytes)?.lowerBound == first)
    bytes.reverse()
    #expect(try machine.lastRange(of: [0x7a, 0x79, 0x78], in: bytes)?.lowerBound == last)
    #expect(try machine.firstRange(of: [0x7a, 0x79, 0x78], in: bytes)?.lowerBound == last)
  }

  @Test(arguments: [false, true])
  func `long rows of numbers are sorted, equal ones in their order`(isReversed: Bool) throws {
    let numbers = (0..<(2 * Parts.most + 7)).map { $0 * 7919 % 1009 }
    let pairs = numbers.indices.map { Value.tuple([.int(numbers[$0]), .int($0)]) }
    let key = Value.native(
      NativeFunction("key", .init(declaring: "pair")) { call throws(RuntimeError) in
        try call.machine.item(of: call[0], at: .int(0))
      })
    let sorted = try Machine().sorted(pairs, key: key, isReversed: isReversed)
    let expected = numbers.indices.sorted { a, b in
      numbers[a] == numbers[b] ? a < b : isReversed ? numbers[a] > numbers[b] : numbers[a] < numbers[b]
    }
    let found = sorted.compactMap { pair in
      if case .tuple(let pair) = pair, case .int(let place) = pair.elements[1] { place } else { nil }
    }
    #expect(found == expected)
  }
}
