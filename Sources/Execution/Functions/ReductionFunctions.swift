/// Builtins that make one value of many. Of an engine's object they are its own method of that name: `sum(x, axis=0)` is
/// `x.sum(axis=0)`.
let reductionFunctions: [NativeFunction] = [
  function("sum", "values, start=0, **settings") { call throws(RuntimeError) in
    if let result = try own(call, more: [call[1]], settings: 2) { return result }
    var total = call[1].isUnbound ? .int(0) : call[1]
    if case .string = total { throw RuntimeError(.typeError, "sum does not join strings", help: "use \"\".join(...)") }
    let iterator = try call.machine.iterator(over: call[0])
    while let item = try iterator.next() {
      total = try call.machine.binary(.add, total, item)
      try call.machine.checkInterrupt()
    }
    return total
  },
  function("min", "*values, key=None, default=None, **settings") { call throws(RuntimeError) in
    try extreme(call) { (machine, a, b) throws(RuntimeError) in try machine.precedes(a, b) }
  },
  function("max", "*values, key=None, default=None, **settings") { call throws(RuntimeError) in
    try extreme(call) { (machine, a, b) throws(RuntimeError) in try machine.precedes(b, a) }
  },
  function("any", "values, **settings") { call throws(RuntimeError) in
    if let result = try own(call, settings: 1) { return result }
    let iterator = try call.machine.iterator(over: call[0])
    while let item = try iterator.next() {
      if try call.machine.truth(of: item) { return .bool(true) }
      try call.machine.checkInterrupt()
    }
    return .bool(false)
  },
  function("all", "values, **settings") { call throws(RuntimeError) in
    if let result = try own(call, settings: 1) { return result }
    let iterator = try call.machine.iterator(over: call[0])
    while let item = try iterator.next() {
      if !(try call.machine.truth(of: item)) { return .bool(false) }
      try call.machine.checkInterrupt()
    }
    return .bool(true)
  },
  function("abs", "x") { call throws(RuntimeError) in
    if let result = try own(call) { return result }
    switch Number(call[0]) {
    case .int(let number)?: return number < 0 ? try call.machine.unary(.negate, .int(number)) : .int(number)
    case .float(let number)?: return .float(number.magnitude)
    case nil: throw call.wrong(0, wanted: "a number")
    }
  },
  function("round", "x, ndigits=None") { call throws(RuntimeError) in
    if let result = try own(call, more: [call[1]]) { return result }
    guard let number = Number(call[0]) else { throw call.wrong(0, wanted: "a number") }
    return try Rounding.round(number, digits: call.has(1) ? call.int(1) : nil)
  },
]

/// The engine's own method of the function's name, called with the other arguments; nil for the language's own values.
private func own(_ call: Call, of value: Value? = nil, more: [Value] = [], settings: Int? = nil) throws(RuntimeError) -> Value? {
  let value = value ?? call[0]
  let keywords = settings.map { call.keywords($0) } ?? []
  guard case .foreign(let object) = value, let method = try object.attribute(call.function.name, in: call.machine) else {
    if let keyword = keywords.first {
      throw RuntimeError(
        .typeError, "\(call.function.name) of \(value.typeName.withArticle) takes no argument \(keyword.name)",
        help: "of a tensor it does: \(call.function.name)(tensor(x), \(keyword.name)=...)")
    }
    return nil
  }
  return try call.machine.call(method, Arguments(more.filter { !$0.isUnbound }, keywords: keywords))
}

private func extreme(
  _ call: Call, _ isBetter: (Machine, Value, Value) throws(RuntimeError) -> Bool
) throws(RuntimeError) -> Value {
  let values = call.rest(0)
  guard let first = values.first else { throw RuntimeError(.typeError, "\(call.function.name) wants at least one value") }
  if values.count == 1, let result = try own(call, of: first, settings: 3) { return result }
  let items = values.count == 1 ? try call.machine.items(of: first) : values
  guard var best = items.first else {
    if !call[2].isUnbound { return call[2] }
    throw RuntimeError(.valueError, "\(call.function.name) of nothing", help: "default= gives a value for that case")
  }
  func key(_ item: Value) throws(RuntimeError) -> Value { call.has(1) ? try call.machine.call(call[1], item) : item }
  var bestKey = try key(best)
  for item in items.dropFirst() {
    try call.machine.checkInterrupt()
    let itemKey = try key(item)
    if try isBetter(call.machine, itemKey, bestKey) { (best, bestKey) = (item, itemKey) }
  }
  return best
}
