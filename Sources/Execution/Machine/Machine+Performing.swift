extension Machine {
  /// Carries out the instructions that are too seldom, or take too long anyway, to stand in the loop.
  @inline(never)
  func perform(_ instruction: UnsafeMutablePointer<Instruction>) throws(RuntimeError) {
    let (a, b, c) = (instruction.pointee.a, instruction.pointee.b, instruction.pointee.c)
    let count = Int(instruction.pointee.d)
    let frame = frames[depth - 1]
    let base = frame.base
    // Most of these make an object of about this size, beside what they hold.
    try charge(bytes: 64 + count * MemoryLayout<Value>.stride)
    switch instruction.pointee.opcode {
    case .restore: at(a).pointee = frame.globals.hidden(at: Operand(bits: a).place)
    case .makeFunction: at(a).pointee = .function(makeFunction(Int(b), defaults: take(base + Int(c), count), frame))
    case .makeCell: base[Int(a)] = .cell(Cell(base[Int(a)]))
    case .loadCaptured: base[Int(a)] = frame.function._withUnsafeGuaranteedRef { .cell($0.cells[Int(b)]) }
    case .clearCell:
      if case .cell(let cell) = base[Int(a)] {
        if cell.value.isUnbound, count == 0 { throw unbound(a) }
        cell.value = .unbound
      }

    case .makeList: at(a).pointee = .list(take(base + Int(b), count))
    case .makeTuple: at(a).pointee = .tuple(take(base + Int(b), count))
    case .freeze:
      if case .list(let list) = try read(b) { at(a).pointee = .tuple(list.elements) }
    case .makeDict: at(a).pointee = .dict(try makeDict(take(base + Int(b), count)))
    case .makeSlice:
      let parts = take(base + Int(b), 3)
      at(a).pointee = .slice(SliceObject(start: parts[0], stop: parts[1], step: parts[2]))
    case .joinText:
      var text = ""
      for part in take(base + Int(b), count) {
        let part = try part.text(in: self)
        try charge(bytes: part.utf8.count)
        text += part
      }
      at(a).pointee = .string(text)
    case .format: at(a).pointee = .string(try formatted(read(b), spec: read(c).text(), conversion: count))
    case .extend:
      if case .list(let list) = base[Int(a)] { try append(items(of: read(b)), to: list) }
    case .setKey:
      if case .dict(let dict) = base[Int(a)] { try dict.set(read(b), to: read(c)) }
    case .merge: try merge(read(b), into: base[Int(a)])

    case .deleteItem: try deleteItem(of: read(a), at: read(b))
    case .attribute: at(a).pointee = try attribute(of: read(b), at(c).pointee.text())
    case .assignPath: try assignPath(instruction, window: base + Int(b))
    case .unpack:
      let items = try unpack(read(b), count: count, star: c == 0 ? nil : Int(c) - 1)
      for (place, item) in items.enumerated() { base[Int(a) + place] = item }

    case .raise: throw try raised(read(b))
    case .reraise:
      if case .exception(let exception) = base[Int(a)] { throw RuntimeError(raising: exception) }
    case .failAssertion:
      throw RuntimeError(
        .assertionError, count == 1 ? try read(a).text() : "what stands behind assert is not true",
        help: "print what it compares, just before")
    case .matches: at(a).pointee = .bool(try matches(read(b), read(c)))
    case .enter: at(a).pointee = try enterContext(read(b))
    case .exit:
      if case .foreign(let object) = try read(b) { try object.exit(in: self) }

    case .importModule: at(a).pointee = .module(try importModule(at(b).pointee.text()))
    case .importPackage: at(a).pointee = .module(try importPackage(at(b).pointee.text(), into: frame.globals))
    case .importName: at(a).pointee = try name(at(c).pointee.text(), of: read(b))
    case .decorate:
      guard case .function(let function) = try read(b) else { return }
      at(a).pointee = try surroundings.decorate(at(c).pointee.text(), function, self)
    case .checkShapes: try checkShapes(of: frame)
    case .checkResult: try checkResult(read(b), of: frame)
    default: preconditionFailure("the loop carries this instruction out itself")
    }
  }

  private func makeFunction(_ place: Int, defaults: [Value], _ frame: Frame) -> FunctionObject {
    frame.function._withUnsafeGuaranteedRef { function in
      let code = function.code.codes[place]
      let cells = code.captures.map { register in
        if case .cell(let cell) = frame.base[register] { cell } else { Cell(.unbound) }
      }
      return FunctionObject(code: code, globals: function.globals, defaults: defaults, cells: cells)
    }
  }

  private func makeDict(_ parts: [Value]) throws(RuntimeError) -> DictObject {
    let dict = DictObject()
    for place in stride(from: 0, to: parts.count, by: 2) { try dict.set(parts[place], to: parts[place + 1]) }
    return dict
  }

  private func merge(_ value: Value, into target: Value) throws(RuntimeError) {
    guard case .dict(let dict) = target else { return }
    guard case .dict(let other) = value else {
      throw RuntimeError(.typeError, "** spreads a dict, not \(value.typeName.withArticle)")
    }
    try set(pairsOf: .dict(other), in: dict)
  }

  /// A piece of an f-string; the conversion is 0 or the letter of `!s`, `!r`, `!a`.
  private func formatted(_ value: Value, spec: String, conversion: Int) throws(RuntimeError) -> String {
    switch Unicode.Scalar(UInt8(conversion)) {
    case "s": return try format(.string(value.text(in: self)), spec)
    case "r": return try format(.string(value.representation(in: self)), spec)
    case "a": return try format(.string(escapedToASCII(value.representation(in: self))), spec)
    default: return try format(value, spec)
    }
  }

  private func raised(_ value: Value) throws(RuntimeError) -> RuntimeError {
    switch value {
    case .exception(let exception): return RuntimeError(raising: exception)
    case .type(let type):
      if let kind = type.errorKind { return RuntimeError(kind, "") }
    default: break
    }
    return RuntimeError(
      .typeError, "only exceptions can be raised, not \(value.typeName.withArticle)", help: "raise ValueError(\"...\")")
  }

  private func matches(_ exception: Value, _ type: Value) throws(RuntimeError) -> Bool {
    guard case .exception(let exception) = exception else { return false }
    switch type {
    case .type(let type):
      if let kind = type.errorKind { return exception.kind.isKind(of: kind) }
    case .tuple(let types):
      for type in types.elements where try matches(.exception(exception), type) { return true }
      return false
    default: break
    }
    throw RuntimeError(
      .typeError, "except names kinds of errors, not \(type.typeName.withArticle)", help: "except ValueError:")
  }

  private func enterContext(_ value: Value) throws(RuntimeError) -> Value {
    if case .foreign(let object) = value, let result = try object.enter(in: self) { return result }
    throw RuntimeError(
      .typeError, "\(value.typeName.withArticle) cannot stand after with", help: "with no_grad(): or with freeze(layer):")
  }
}
