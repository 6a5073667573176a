extension Program {
  /// The program's instructions as text, functions after the code that makes them.
  public var disassembly: String { code.disassembly(title: "top level", globals: globals) }
}

extension Code {
  fileprivate func disassembly(title: String, globals: Globals) -> String {
    var lines = ["\(title): \(registerCount) registers"]
    for place in 0..<count {
      let number = String(place)
      lines.append(String(repeating: " ", count: max(4 - number.count, 0)) + number + "  " + line(instructions[place], globals))
    }
    for handler in handlers {
      lines.append(
        "      errors in \(handler.range.lowerBound)..<\(handler.range.upperBound) → r\(handler.register), go on at \(handler.target)"
      )
    }
    return ([lines.joined(separator: "\n")] + codes.map { $0.disassembly(title: $0.name, globals: globals) })
      .joined(separator: "\n\n")
  }

  private func line(_ instruction: Instruction, _ globals: Globals) -> String {
    let opcode = instruction.opcode
    let fields = zip(opcode.fields, [instruction.a, instruction.b, instruction.c]).compactMap { field, bits in
      switch field {
      case .operand: name(Operand(bits: bits), globals)
      case .register: name(.register(Int(bits)), globals)
      case .number: String(bits)
      case .target: "→ \(bits)"
      case .unused: nil as String?
      }
    }
    let amount = instruction.d > 0 ? ["#\(instruction.d)"] : []
    let word = "\(opcode)"
    return word + String(repeating: " ", count: max(15 - word.count, 1)) + (fields + amount).joined(separator: ", ")
  }

  private func name(_ operand: Operand, _ globals: Globals) -> String {
    switch operand.space {
    case 0: operand.place < registerNames.count ? registerNames[operand.place] : operand.description
    case 1: (try? constants[operand.place].representation()) ?? operand.description
    default: globals.slotNames[operand.place]
    }
  }
}

extension Opcode {
  /// What the parts of an instruction mean.
  enum Field {
    case operand, register, number, target, unused
  }

  var fields: [Field] {
    switch self {
    case .move, .negate, .plus, .invert, .not, .format, .setItem, .item, .attribute, .enter, .importModule, .importPackage,
      .importName, .freeze,
      .decorate,
      .deleteItem, .matches, .power, .matrixMultiply, .and, .or, .add, .subtract, .multiply, .divide, .floorDivide, .modulo,
      .updateAdd, .updateSubtract, .updateMultiply, .updateDivide, .equal, .notEqual, .less, .lessOrEqual, .greater,
      .greaterOrEqual, .isSame, .isNotSame, .contains, .lacks:
      [.operand, .operand, isBinary ? .operand : .unused]
    case .take: [.operand, .register, .unused]
    case .clear, .restore, .delete, .returnValue, .failAssertion: [.operand, .unused, .unused]
    case .update: [.operand, .operand, .number]
    case .jump, .loop: [.target, .unused, .unused]
    case .jumpIf, .jumpUnless: [.target, .operand, .unused]
    case .unlessEqual, .unlessNotEqual, .unlessLess, .unlessLessOrEqual, .unlessGreater, .unlessGreaterOrEqual:
      [.target, .operand, .operand]
    case .startLoop: [.register, .operand, .unused]
    case .nextItem: [.register, .operand, .target]
    case .call: [.register, .operand, .operand]
    case .callMethod, .callLaidOut: [.register, .number, .operand]
    case .makeFunction: [.operand, .number, .register]
    case .makeCell, .clearCell, .reraise: [.register, .unused, .unused]
    case .loadCaptured: [.register, .number, .unused]
    case .readCell: [.operand, .register, .unused]
    case .writeCell, .append, .extend, .merge: [.register, .operand, .unused]
    case .setKey: [.register, .operand, .operand]
    case .makeList, .makeTuple, .makeDict, .makeSlice, .joinText: [.operand, .register, .unused]
    case .assignPath: [.operand, .register, .number]
    case .unpack: [.register, .operand, .number]
    case .raise, .exit, .checkResult: [.unused, .operand, .unused]
    case .checkShapes, .trap: [.unused, .unused, .unused]
    }
  }

  private var isBinary: Bool {
    switch self {
    case .move, .negate, .plus, .invert, .not, .enter, .importModule, .importPackage, .freeze, .deleteItem: false
    default: true
    }
  }
}
