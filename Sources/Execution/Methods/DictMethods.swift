/// Methods of dictionaries; `keys`, `values` and `items` give lists.
let dictMethods: [NativeFunction] = [
  method("get", "key, default=None") { call throws(RuntimeError) in
    try call.dict().value(for: call[1]) ?? call.given(2)
  },
  method("keys") { call throws(RuntimeError) in .list(try call.items(0)) },
  method("values") { call throws(RuntimeError) in
    .list(try call.machine.values(of: call.dict()) { _, value in value })
  },
  method("items") { call throws(RuntimeError) in
    .list(try call.machine.values(of: call.dict()) { key, value in .tuple([key, value]) })
  },
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
      try call.machine.set(pairsOf: call[1], in: dict)
    }
    for (name, value) in call.keywords(2) { dict[name] = value }
    return .none
  },
  method("clear") { call throws(RuntimeError) in
    try call.dict().removeAll()
    return .none
  },
  method("copy") { call throws(RuntimeError) in .dict(try call.dict().copy(in: call.machine)) },
]

extension Call {
  fileprivate func dict() throws(RuntimeError) -> DictObject {
    guard case .dict(let dict) = self[0] else { throw wrong(0, wanted: "a dict") }
    return dict
  }
}

extension Machine {
  /// What is made of each entry of a dictionary, in their order.
  @inline(__always)
  func values(of dict: DictObject, _ value: (_ key: Value, _ value: Value) -> Value) throws(RuntimeError) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(dict.count)
    for pair in dict.lazyPairs {
      try checkInterrupt()
      values.append(value(pair.key, pair.value))
    }
    return values
  }

  /// Sets what `dict(value)` is made of: a dictionary's pairs, or those of a row of pairs.
  func set(pairsOf value: Value, in dict: DictObject) throws(RuntimeError) {
    if case .dict(let other) = value {
      for (key, value) in other.lazyPairs {
        try checkInterrupt()
        try dict.set(key, to: value)
      }
      return
    }
    for (place, item) in try items(of: value).enumerated() {
      try checkInterrupt()
      let parts = try items(of: item)
      guard parts.count == 2 else {
        throw RuntimeError(.valueError, "a dict is made of pairs, but item \(place) has \(parts.count) parts")
      }
      try dict.set(parts[0], to: parts[1])
    }
  }
}
