/// Methods of lists that change them, and `copy`.
let listMethods: [NativeFunction] = [
  method("append", "item") { call throws(RuntimeError) in
    let list = try call.list()
    try call.machine.chargeGrowth(of: list)
    list.elements.append(call[1])
    return .none
  },
  method("extend", "iterable") { call throws(RuntimeError) in
    try call.machine.append(call.items(1), to: call.list())
    return .none
  },
  method("insert", "index, item") { call throws(RuntimeError) in
    let list = try call.list()
    let index = try call.int(1)
    let count = list.elements.count
    try call.machine.chargeGrowth(of: list)
    list.elements.insert(call[2], at: min(max(index < 0 ? index + count : index, 0), count))
    return .none
  },
  method("pop", "index=-1") { call throws(RuntimeError) in
    let list = try call.list()
    guard !list.elements.isEmpty else { throw RuntimeError(.indexError, "pop from an empty list") }
    if call[1].isUnbound { return list.elements.removeLast() }
    return list.elements.remove(at: try call.machine.place(call[1], count: list.elements.count, in: "list"))
  },
  method("remove", "item") { call throws(RuntimeError) in
    let list = try call.list()
    guard let place = try place(of: call[1], in: list.elements[...], call.machine) else {
      throw RuntimeError(.valueError, "\(try call[1].representation()) is not in the list")
    }
    // Comparing may have run a program that shortened the list.
    if place < list.elements.count { list.elements.remove(at: place) }
    return .none
  },
  method("clear") { call throws(RuntimeError) in
    try call.list().elements.removeAll()
    return .none
  },
  method("reverse") { call throws(RuntimeError) in
    try call.list().elements.reverse()
    return .none
  },
  method("sort", "*, key=None, reverse=False") { call throws(RuntimeError) in
    let list = try call.list()
    list.elements = try call.machine.sorted(
      list.elements, key: call.given(1), isReversed: try call.truth(2, default: false))
    return .none
  },
  method("copy") { call throws(RuntimeError) in .list(try call.machine.copied(call.list().elements)) },
]

/// Methods of lists, tuples and ranges alike.
let sequenceMethods: [NativeFunction] = [
  method("index", "item, start=0, stop=None") { call throws(RuntimeError) in
    let items = try call.items(0)
    let slice = try Slice(SliceObject(start: call.given(2), stop: call.given(3), step: .none), count: items.count)
    guard let place = try place(of: call[1], in: items[slice.start..<(slice.start + slice.count)], call.machine) else {
      throw RuntimeError(
        .valueError, "\(try call[1].representation()) is not in the \(call[0].typeName)", help: "ask with `in` first")
    }
    return .int(place)
  },
  method("count", "item") { call throws(RuntimeError) in
    var count = 0
    for item in try call.items(0) {
      try call.machine.checkInterrupt()
      if try call.machine.equal(item, call[1]) { count += 1 }
    }
    return .int(count)
  },
]

private func place(of value: Value, in elements: ArraySlice<Value>, _ machine: Machine) throws(RuntimeError) -> Int? {
  for place in elements.indices {
    try machine.checkInterrupt()
    if try machine.equal(elements[place], value) { return place }
  }
  return nil
}

extension Call {
  fileprivate func list() throws(RuntimeError) -> ListObject {
    guard case .list(let list) = self[0] else { throw wrong(0, wanted: "a list") }
    return list
  }
}
