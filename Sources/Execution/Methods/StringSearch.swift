/// Methods that look for one string in another.
let stringSearch: [NativeFunction] = [
  method("find", "sub, start=None, end=None") { call throws(RuntimeError) in
    .int(try Occurrence(call).first() ?? -1)
  },
  method("rfind", "sub, start=None, end=None") { call throws(RuntimeError) in
    .int(try Occurrence(call).last() ?? -1)
  },
  method("index", "sub, start=None, end=None") { call throws(RuntimeError) in
    let occurrence = try Occurrence(call)
    return .int(try occurrence.required(occurrence.first()))
  },
  method("rindex", "sub, start=None, end=None") { call throws(RuntimeError) in
    let occurrence = try Occurrence(call)
    return .int(try occurrence.required(occurrence.last()))
  },
  method("count", "sub, start=None, end=None") { call throws(RuntimeError) in .int(try Occurrence(call).count()) },
  method("startswith", "prefix, start=None, end=None") { call throws(RuntimeError) in
    let bytes = try call.part().text.utf8
    return .bool(try call.affixes().contains { bytes.starts(with: $0) })
  },
  method("endswith", "suffix, start=None, end=None") { call throws(RuntimeError) in
    let bytes = try call.part().text.utf8
    return .bool(try call.affixes().contains { bytes.reversed().starts(with: $0.reversed()) })
  },
  method("replace", "old, new, count=-1") { call throws(RuntimeError) in
    let (text, old, new) = (try call.text(0).bytes, try call.text(1).bytes, try call.text(2).bytes)
    let limit = try call.int(3, default: -1)
    if old.isEmpty {
      let places = limit < 0 ? try call.text(0).count + 1 : min(limit, try call.text(0).count + 1)
      try call.machine.charge(count: places, ofBytes: new.count + 1)
      return .string(try interleave(call, limit: limit))
    }
    var result: [UInt8] = []
    var place = 0
    var replaced = 0
    while limit < 0 || replaced < limit, let found = try call.machine.firstRange(of: old, in: text, from: place) {
      try call.machine.charge(bytes: found.lowerBound - place + new.count)
      result += text[place..<found.lowerBound]
      result += new
      place = found.upperBound
      replaced += 1
    }
    result += text[place...]
    return .string(try call.machine.text(of: result[...]))
  },
  method("removeprefix", "prefix") { call throws(RuntimeError) in
    let (text, prefix) = (try call.text(0).bytes, try call.text(1).bytes)
    return text.starts(with: prefix) ? .string(try call.machine.text(of: text[prefix.count...])) : call[0]
  },
  method("removesuffix", "suffix") { call throws(RuntimeError) in
    let (text, suffix) = (try call.text(0).bytes, try call.text(1).bytes)
    guard text.reversed().starts(with: suffix.reversed()) else { return call[0] }
    return .string(try call.machine.text(of: text[..<(text.count - suffix.count)]))
  },
]

/// Where a string occurs within part of another, counted in code points.
private struct Occurrence {
  private let machine: Machine
  private let text: StringObject
  private let bytes: [UInt8]
  private let sub: [UInt8]
  private let sought: StringObject
  private let offset: Int
  private let isWithin: Bool

  init(_ call: Call) throws(RuntimeError) {
    machine = call.machine
    sought = try call.text(1)
    sub = sought.bytes
    let whole = try call.text(0)
    let slice = try Slice(SliceObject(start: call.given(2), stop: call.given(3), step: .none), count: whole.count)
    offset = slice.start
    let start = try call.has(2) ? call.int(2) : 0
    isWithin = start <= whole.count
    text = slice.count == whole.count ? whole : whole.part(slice.start..<(slice.start + slice.count))
    bytes = text.bytes
  }

  func first() throws(RuntimeError) -> Int? {
    guard isWithin, let found = try machine.firstRange(of: sub, in: bytes) else { return nil }
    return place(found.lowerBound)
  }

  func last() throws(RuntimeError) -> Int? {
    guard isWithin, let found = try machine.lastRange(of: sub, in: bytes) else { return nil }
    return place(found.lowerBound)
  }

  func count() throws(RuntimeError) -> Int {
    guard isWithin else { return 0 }
    return sub.isEmpty ? text.count + 1 : try machine.occurrences(of: sub, in: bytes)
  }

  func required(_ place: Int?) throws(RuntimeError) -> Int {
    if let place { return place }
    throw RuntimeError(.valueError, "\(sought.quoted) is not in the string", help: "find gives -1 instead")
  }

  private func place(_ byte: Int) -> Int {
    // Bytes that continue a character do not count.
    offset + (text.isASCII ? byte : StringObject.count(bytes.span.extracting(..<byte)))
  }
}

extension Call {
  /// The argument, or None where it was not given.
  func given(_ place: Int) -> Value { arguments[place].isUnbound ? .none : arguments[place] }

  /// The part of the string that `start` and `end` leave.
  fileprivate func part() throws(RuntimeError) -> StringObject {
    let text = try text(0)
    guard has(2) || has(3) else { return text }
    let slice = try Slice(SliceObject(start: given(2), stop: given(3), step: .none), count: text.count)
    return text.part(slice.start..<(slice.start + slice.count))
  }

  /// One string or a tuple of them.
  fileprivate func affixes() throws(RuntimeError) -> [[UInt8]] {
    guard case .tuple(let tuple) = self[1] else { return [try text(1).bytes] }
    var affixes: [[UInt8]] = []
    for case .string(let affix) in tuple.elements { affixes.append(affix.bytes) }
    return affixes
  }
}

/// The text with another before each of its code points and at the end, up to `limit` times.
private func interleave(_ call: Call, limit: Int) throws(RuntimeError) -> String {
  let new = try call.string(2)
  var result = ""
  var inserted = 0
  for scalar in try call.string(0).unicodeScalars {
    try call.machine.checkInterrupt()
    if limit < 0 || inserted < limit {
      result += new
      inserted += 1
    }
    result.unicodeScalars.append(scalar)
  }
  return limit < 0 || inserted < limit ? result + new : result
}
