extension Machine {
  /// Calls a native function with one argument, if it takes it as it stands.
  ///
  /// - Returns: Whether the call is over and its result in place.
  @inline(never)
  func callDirectly(
    _ callee: UnsafeMutablePointer<Value>, _ argument: UnsafeMutablePointer<Value>, _ target: UInt32
  ) throws(RuntimeError) -> Bool {
    guard case .native(let function) = callee.pointee, let direct = function.direct,
      let result = try direct(argument, self)
    else { return false }
    if argument.pointee.isPlain { argument.initialize(to: .unbound) } else { argument.pointee = .unbound }
    at(target).pointee = result
    return true
  }

  /// Calls what stands first in a window with the arguments after it.
  ///
  /// - Returns: Whether the call is over and its result in place; otherwise a frame was begun.
  @inline(never)
  func callSlowly(
    _ instruction: UnsafeMutablePointer<Instruction>, _ window: UnsafeMutablePointer<Value>
  ) throws(RuntimeError) -> Bool {
    let count = Int(instruction.pointee.d)
    switch window.pointee {
    case .function(let function):
      try begin(function, window: window, with: Arguments(take(window + 1, count)))
      return false
    case .native(let function):
      if let onPositions = function.onPositions {
        at(instruction.pointee.c).pointee = try onPositions(UnsafeBufferPointer(start: window + 1, count: count), self)
        for place in 0..<count { window[place + 1] = .unbound }
      } else {
        at(instruction.pointee.c).pointee = try invoke(function, positional: take(window + 1, count))
      }
    default:
      let callee = window.pointee
      at(instruction.pointee.c).pointee = try call(callee, Arguments(take(window + 1, count)), isWritten: true)
    }
    window.pointee = .unbound
    return true
  }

  /// Calls a method of the value in a window: those of strings, lists and dictionaries directly, without making a value of the
  /// bound method.
  @inline(never)
  func callMethod(
    _ instruction: UnsafeMutablePointer<Instruction>, _ window: UnsafeMutablePointer<Value>
  ) throws(RuntimeError) -> Bool {
    let method = frames[depth - 1].code.methods[Int(instruction.pointee.b)]
    if method.isAppend, instruction.pointee.d == 1, case .list(let list) = window.pointee {
      // Done here, a loop that fills a list makes no array of arguments at each turn.
      try chargeGrowth(of: list)
      list.elements.append((window + 1).move())
      (window + 1).initialize(to: .unbound)
      window.pointee = .unbound
      at(instruction.pointee.c).pointee = .none
      return true
    }
    if let function = method.function(of: window.pointee) {
      at(instruction.pointee.c).pointee = try invoke(
        function, positional: take(window, Int(instruction.pointee.d) + 1), isMethod: true)
      return true
    }
    window.pointee = try attribute(of: window.pointee, method.name)
    return try callSlowly(instruction, window)
  }

  /// Calls with keywords or spread arguments.
  @inline(never)
  func callLaidOut(
    _ instruction: UnsafeMutablePointer<Instruction>, _ window: UnsafeMutablePointer<Value>
  ) throws(RuntimeError) -> Bool {
    let layout = frames[depth - 1].code.layouts[Int(instruction.pointee.b)]
    var arguments = Arguments()
    for (item, value) in zip(layout.items, take(window + 1, layout.items.count)) {
      switch item {
      case .positional: arguments.positional.append(value)
      case .keyword(let name): arguments.keywords.append((name, value))
      case .spread: arguments.positional.append(contentsOf: try items(of: value))
      case .spreadKeywords: arguments.keywords.append(contentsOf: try keywords(in: value))
      }
    }
    if case .function(let function) = window.pointee {
      try begin(function, window: window, with: arguments)
      return false
    }
    let callee = window.pointee
    at(instruction.pointee.c).pointee = try call(callee, arguments, isWritten: true)
    window.pointee = .unbound
    return true
  }

  private func keywords(in value: Value) throws(RuntimeError) -> [(name: String, value: Value)] {
    guard case .dict(let dict) = value else {
      throw RuntimeError(.typeError, "** spreads a dict of arguments, not \(value.typeName.withArticle)")
    }
    var keywords: [(name: String, value: Value)] = []
    for (key, value) in dict.pairs {
      guard case .string(let name) = key else {
        throw RuntimeError(.typeError, "the keys spread by ** must be strings, but one is \(try key.representation())")
      }
      keywords.append((name.text, value))
    }
    return keywords
  }

  private func begin(
    _ function: FunctionObject, window: UnsafeMutablePointer<Value>, with arguments: Arguments
  ) throws(RuntimeError) {
    let bound = try bind(arguments, to: function)
    try reserve(window, count: bound.count + 1)
    for (place, value) in bound.enumerated() { window[place + 1] = value }
    try push(.passUnretained(function), window: window)
  }

  /// Moves values out of registers.
  @inline(__always)
  func take(_ start: UnsafeMutablePointer<Value>, _ count: Int) -> [Value] {
    let values = [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
      for place in 0..<count {
        (buffer.baseAddress.unsafelyUnwrapped + place).initialize(to: (start + place).move())
        (start + place).initialize(to: .unbound)
      }
      initialized = count
    }
    return values
  }

  /// Runs a native function on positional arguments alone.
  func invoke(
    _ function: NativeFunction, positional: consuming [Value], isMethod: Bool = false
  ) throws(RuntimeError) -> Value {
    // What a call gives back is an object more.
    try charge(bytes: 64)
    for place in positional.indices { if case .entry = positional[place] { positional[place] = positional[place].boxed } }
    let parameters = function.parameterCount
    if function.takesPlainArguments, positional.count >= function.requiredCount, positional.count <= parameters {
      while positional.count < parameters { positional.append(.unbound) }
      return try function.body(Call(machine: self, function: function, arguments: positional))
    }
    return try invoke(function, Arguments(positional), isMethod: isMethod)
  }

  func invoke(_ function: NativeFunction, _ arguments: Arguments, isMethod: Bool = false) throws(RuntimeError) -> Value {
    let arguments = Arguments(
      arguments.positional.map(\.boxed), keywords: arguments.keywords.map { (name: $0.name, value: $0.value.boxed) })
    let bound = try bind(arguments, to: function.signature, of: function.name, isMethod: isMethod)
    return try function.body(Call(machine: self, function: function, arguments: bound))
  }

  func construct(_ type: TypeObject, _ arguments: Arguments) throws(RuntimeError) -> Value {
    if let constructor = type.constructor { return try invoke(constructor, arguments) }
    if let kind = type.errorKind {
      guard arguments.keywords.isEmpty, arguments.positional.count <= 1 else {
        throw RuntimeError(.typeError, "\(type.name) takes one message")
      }
      guard let argument = arguments.positional.first else { return .exception(ExceptionObject(kind, "")) }
      // As Python shows it: a key is told from a message.
      let message = kind == .keyError ? try argument.representation() : try argument.text()
      return .exception(ExceptionObject(kind, message, argument: argument))
    }
    throw RuntimeError(.typeError, "\(type.name) cannot be made by calling its type")
  }
}
