/// Builtins over anything that `for` goes over; those that give several values give a list.
let sequenceFunctions: [NativeFunction] = [
  function("len", "value") { call throws(RuntimeError) in .int(try call.machine.length(of: call[0])) },
  function("enumerate", "values, start=0") { call throws(RuntimeError) in
    let start = try call.int(1, default: 0)
    let items = try call.items(0)
    try call.machine.charge(count: items.count, ofBytes: 64 + 3 * MemoryLayout<Value>.stride)
    return .list(try call.machine.values(items.count) { place in .tuple([.int(start &+ place), items[place]]) })
  },
  function("zip", "*values, strict=False") { call throws(RuntimeError) in
    var rows: [[Value]] = []
    for value in call.rest(0) { rows.append(try call.machine.items(of: value)) }
    let shortest = rows.map(\.count).min() ?? 0
    if try call.truth(1, default: false), rows.contains(where: { $0.count != shortest }) {
      throw RuntimeError(
        .valueError, "zip got rows of different lengths: \(rows.map { String($0.count) }.joined(separator: ", "))")
    }
    try call.machine.charge(count: shortest, ofBytes: 64 + rows.count * MemoryLayout<Value>.stride)
    return .list(try call.machine.values(shortest) { place in .tuple(rows.map { $0[place] }) })
  },
  function("map", "f, values, *more") { call throws(RuntimeError) in
    var rows = [try call.items(1)]
    for value in call.rest(2) { rows.append(try call.machine.items(of: value)) }
    var results: [Value] = []
    for place in 0..<(rows.map(\.count).min() ?? 0) {
      try call.machine.checkInterrupt()
      results.append(try call.machine.call(call[0], Arguments(rows.map { $0[place] })))
    }
    return .list(results)
  },
  function("filter", "f, values") { call throws(RuntimeError) in
    var kept: [Value] = []
    for item in try call.items(1) {
      try call.machine.checkInterrupt()
      let verdict = call[0].isNone ? item : try call.machine.call(call[0], item)
      if try call.machine.truth(of: verdict) { kept.append(item) }
    }
    return .list(kept)
  },
  function("sorted", "values, *, key=None, reverse=False") { call throws(RuntimeError) in
    .list(try call.machine.sorted(call.items(0), key: call.given(1), isReversed: call.truth(2, default: false)))
  },
  function("reversed", "values") { call throws(RuntimeError) in
    let items = try call.items(0)
    return .list(try call.machine.values(items.count) { place in items[items.count - 1 - place] })
  },
]
