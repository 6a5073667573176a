/// Methods of dictionaries; `keys`, `values` and `items` give lists.
let dictMethods: [NativeFunction] = [
  method("get", "key, default=None") { call throws(RuntimeError) in
    try call.dict().value(for: call[1]) ?? call.given(2)
  },
  method("keys") { call throws(RuntimeError) in .list(try call.dict().keys) },
  method("values") { call throws(RuntimeError) in .list(try call.dict().values) },
  method("items") { call throws(RuntimeError) in .list(try call.dict().pairs.map { .tuple([$0.key, $0.value]) }) },
  method("pop", "key, default=None") { call throws(RuntimeError) in
    let dict = try call.dict()
    if let value = try dict.remove(call[1]) { return value }
    guard !call[2].isUnbound else { throw call.machine.missingKey(call[1], in: dict) }
    return call[2]
  },
  method("popitem") { call throws(RuntimeError) in
    guard let (key, value) = try call.dict().removeLast() else { throw RuntimeError(.keyError, "the dict is empty") }
    return .tuple([key, value])
  },
  method("setdefault", "key, default=None") { call throws(RuntimeError) in
    let dict = try call.dict()
    if let value = try dict.value(for: call[1]) { return value }
    try dict.set(call[1], to: call.given(2))
    return call.given(2)
  },
  method("update", "other=None, **named") { call throws(RuntimeError) in
    let dict = try call.dict()
    if call.has(1) {
      for (key, value) in try call.machine.pairs(of: call[1]) { try dict.set(key, to: value) }
    }
    for (name, value) in call.keywords(2) { dict[name] = value }
    return .none
  },
  method("clear") { call throws(RuntimeError) in
    try call.dict().removeAll()
    return .none
  },
  method("copy") { call throws(RuntimeError) in .dict(try call.dict().copy()) },
]

extension Call {
  fileprivate func dict() throws(RuntimeError) -> DictObject {
    guard case .dict(let dict) = self[0] else { throw wrong(0, wanted: "a dict") }
    return dict
  }
}

extension Machine {
  /// The pairs that `dict(value)` is made of: a dictionary's, or those of a row of pairs.
  func pairs(of value: Value) throws(RuntimeError) -> [(key: Value, value: Value)] {
    if case .dict(let dict) = value { return dict.pairs }
    var pairs: [(key: Value, value: Value)] = []
    for (place, item) in try items(of: value).enumerated() {
      let parts = try items(of: item)
      guard parts.count == 2 else {
        throw RuntimeError(.valueError, "a dict is made of pairs, but item \(place) has \(parts.count) parts")
      }
      pairs.append((parts[0], parts[1]))
    }
    return pairs
  }
}
