import Diagnostics

/// A place outside of a function that its code reads: a top-level name, or a variable of the function around it.
public enum OuterPlace {
  case name(Globals, Int)
  case cell(Cell)

  /// What is there now; unbound where nothing is.
  @inline(__always)
  public var value: Value {
    switch self {
    case .name(let globals, let place): globals.slots[place]
    case .cell(let cell): cell.value
    }
  }
}

extension OuterPlace: Hashable {
  public static func == (a: OuterPlace, b: OuterPlace) -> Bool {
    switch (a, b) {
    case (.name(let globals, let place), .name(let others, let other)): globals === others && place == other
    case (.cell(let cell), .cell(let other)): cell === other
    default: false
    }
  }

  public func hash(into hasher: inout Hasher) {
    switch self {
    case .name(let globals, let place):
      hasher.combine(ObjectIdentifier(globals))
      hasher.combine(place)
    case .cell(let cell): hasher.combine(ObjectIdentifier(cell))
    }
  }
}

extension FunctionObject {
  /// The top-level names that the function's own code reads.
  public var namesRead: [OuterPlace] { code.namesRead.map { .name(globals, $0) } }

  /// The variables of functions around it that it shares.
  public var cellsRead: [OuterPlace] { cells.map { .cell($0) } }

  /// The values of arguments that are not given.
  public var defaultValues: [Value] { defaults }

  /// The names of attributes and methods that the function's own code asks for.
  public var attributesRead: [String] { code.attributesRead }

  /// Where the function's first instruction stands.
  public var start: Span? { code.spans.first }

  /// Whether two functions were made by the same lines, in the same namespace.
  public func hasSameCode(as other: FunctionObject) -> Bool { code === other.code && globals === other.globals }
}

extension Globals {
  /// The place of a name that is known here; none where it was never met.
  public func outerPlace(of name: String) -> OuterPlace? { knownPlace(of: name).map { .name(self, $0) } }
}

extension Code {
  /// The places of top-level names that are read.
  fileprivate var namesRead: [Int] {
    var places: Set<Int> = Set(shapes?.globals.values.map { $0 } ?? [])
    for i in 0..<count {
      let instruction = instructions[i]
      for (field, bits) in zip(instruction.opcode.fields, [instruction.a, instruction.b, instruction.c]) where field == .operand {
        let operand = Operand(bits: bits)
        if operand.isGlobal { places.insert(operand.place) }
      }
    }
    return places.sorted()
  }

  fileprivate var attributesRead: [String] {
    var names = methods.map(\.name)
    for i in 0..<count where instructions[i].opcode == .attribute {
      let operand = Operand(bits: instructions[i].c)
      if operand.isConstant, case .string(let name) = constants[operand.place] { names.append(name.text) }
    }
    return names
  }
}
