/// Methods that look for one string in another.
let stringSearch: [NativeFunction] = [
  method("find", "sub, start=None, end=None") { call throws(RuntimeError) in
    .int(try Occurrence(call).first ?? -1)
  },
  method("rfind", "sub, start=None, end=None") { call throws(RuntimeError) in
    .int(try Occurrence(call).last ?? -1)
  },
  method("index", "sub, start=None, end=None") { call throws(RuntimeError) in
    .int(try Occurrence(call).required(\.first))
  },
  method("rindex", "sub, start=None, end=None") { call throws(RuntimeError) in
    .int(try Occurrence(call).required(\.last))
  },
  method("count", "sub, start=None, end=None") { call throws(RuntimeError) in .int(try Occurrence(call).count) },
  method("startswith", "prefix, start=None, end=None") { call throws(RuntimeError) in
    let bytes = try call.part().bytes
    return .bool(try call.affixes().contains { bytes.starts(with: $0) })
  },
  method("endswith", "suffix, start=None, end=None") { call throws(RuntimeError) in
    let bytes = try call.part().bytes
    return .bool(try call.affixes().contains { bytes.reversed().starts(with: $0.reversed()) })
  },
  method("replace", "old, new, count=-1") { call throws(RuntimeError) in
    let (text, old, new) = (try call.text(0).bytes, try call.text(1).bytes, try call.text(2).bytes)
    let limit = try call.int(3, default: -1)
    if old.isEmpty {
      let places = limit < 0 ? try call.text(0).count + 1 : min(limit, try call.text(0).count + 1)
      try call.machine.charge(count: places, ofBytes: new.count + 1)
      return .string(try interleave(call.text(0), with: call.string(2), limit: limit))
    }
    var result: [UInt8] = []
    var place = 0
    var replaced = 0
    while limit < 0 || replaced < limit, let found = text.firstRange(of: old, from: place) {
      try call.machine.charge(bytes: found.lowerBound - place + new.count)
      result += text[place..<found.lowerBound]
      result += new
      place = found.upperBound
      replaced += 1
    }
    return .string(String(bytes: result + text[place...]))
  },
  method("split", "sep=None, maxsplit=-1") { call throws(RuntimeError) in
    let limit = try call.int(2, default: -1)
    guard call.has(1) else { return .list(splitAtSpace(try call.text(0), limit: limit).map { .string($0) }) }
    let (text, separator) = (try call.text(0).bytes, try separator(call))
    var parts: [Value] = []
    var place = 0
    while limit < 0 || parts.count < limit, let found = text.firstRange(of: separator, from: place) {
      parts.append(.string(String(bytes: text[place..<found.lowerBound])))
      place = found.upperBound
    }
    return .list(parts + [.string(String(bytes: text[place...]))])
  },
  method("rsplit", "sep=None, maxsplit=-1") { call throws(RuntimeError) in
    let limit = try call.int(2, default: -1)
    guard call.has(1) else {
      let reversed = StringObject(scalars: try call.text(0).scalars.reversed())
      let parts = splitAtSpace(reversed, limit: limit).map { String(String.UnicodeScalarView($0.unicodeScalars.reversed())) }
      return .list(parts.reversed().map { .string($0) })
    }
    let (text, separator) = (try call.text(0).bytes, try separator(call))
    var parts: [Value] = []
    var end = text.count
    while limit < 0 || parts.count < limit, let found = text.lastRange(of: separator, to: end) {
      parts.append(.string(String(bytes: text[found.upperBound..<end])))
      end = found.lowerBound
    }
    return .list((parts + [.string(String(bytes: text[..<end]))]).reversed())
  },
  method("partition", "sep") { call throws(RuntimeError) in
    let (text, separator) = (try call.text(0).bytes, try separator(call))
    guard let found = text.firstRange(of: separator) else { return .tuple([call[0], .string(""), .string("")]) }
    return .tuple([.string(String(bytes: text[..<found.lowerBound])), call[1], .string(String(bytes: text[found.upperBound...]))])
  },
  method("rpartition", "sep") { call throws(RuntimeError) in
    let (text, separator) = (try call.text(0).bytes, try separator(call))
    guard let found = text.lastRange(of: separator) else { return .tuple([.string(""), .string(""), call[0]]) }
    return .tuple([.string(String(bytes: text[..<found.lowerBound])), call[1], .string(String(bytes: text[found.upperBound...]))])
  },
  method("splitlines", "keepends=False") { call throws(RuntimeError) in
    .list(lines(of: try call.text(0), keepingEnds: try call.truth(1, default: false)))
  },
  method("removeprefix", "prefix") { call throws(RuntimeError) in
    let (text, prefix) = (try call.text(0).bytes, try call.text(1).bytes)
    return text.starts(with: prefix) ? .string(String(bytes: text[prefix.count...])) : call[0]
  },
  method("removesuffix", "suffix") { call throws(RuntimeError) in
    let (text, suffix) = (try call.text(0).bytes, try call.text(1).bytes)
    guard text.reversed().starts(with: suffix.reversed()) else { return call[0] }
    return .string(String(bytes: text[..<(text.count - suffix.count)]))
  },
]

/// Where a string occurs within part of another, counted in code points.
private struct Occurrence {
  private let text: StringObject
  private let bytes: [UInt8]
  private let sub: [UInt8]
  private let sought: StringObject
  private let offset: Int
  private let isWithin: Bool

  init(_ call: Call) throws(RuntimeError) {
    sought = try call.text(1)
    sub = sought.bytes
    let whole = try call.text(0)
    let slice = try Slice(SliceObject(start: call.given(2), stop: call.given(3), step: .none), count: whole.count)
    offset = slice.start
    let start = try call.has(2) ? call.int(2) : 0
    isWithin = start <= whole.count
    text = whole.part(slice.start..<(slice.start + slice.count))
    bytes = text.bytes
  }

  var first: Int? { isWithin ? bytes.firstRange(of: sub).map { place($0.lowerBound) } : nil }
  var last: Int? { isWithin ? bytes.lastRange(of: sub).map { place($0.lowerBound) } : nil }

  var count: Int {
    guard isWithin else { return 0 }
    if sub.isEmpty { return text.count + 1 }
    var (count, place) = (0, 0)
    while let found = bytes.firstRange(of: sub, from: place) {
      count += 1
      place = found.upperBound
    }
    return count
  }

  func required(_ place: KeyPath<Occurrence, Int?>) throws(RuntimeError) -> Int {
    if let place = self[keyPath: place] { return place }
    throw RuntimeError(.valueError, "\(sought.quoted) is not in the string", help: "find gives -1 instead")
  }

  private func place(_ byte: Int) -> Int {
    // Bytes that continue a character do not count.
    offset + (text.isASCII ? byte : bytes[..<byte].count { $0 & 0xc0 != 0x80 })
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

private func separator(_ call: Call) throws(RuntimeError) -> [UInt8] {
  let separator = try call.text(1).bytes
  guard !separator.isEmpty else { throw RuntimeError(.valueError, "\(call.function.name) needs a separator that is not empty") }
  return separator
}

private func interleave(_ text: StringObject, with new: String, limit: Int) -> String {
  var result = ""
  var inserted = 0
  for scalar in text.text.unicodeScalars {
    if limit < 0 || inserted < limit {
      result += new
      inserted += 1
    }
    result.unicodeScalars.append(scalar)
  }
  return limit < 0 || inserted < limit ? result + new : result
}

/// The words between stretches of white space; after `limit` splits the rest stays whole.
private func splitAtSpace(_ text: StringObject, limit: Int) -> [String] {
  var parts: [String] = []
  var rest = text.text.unicodeScalars[...]
  while true {
    rest = rest.drop(while: \.isBlank)
    if rest.isEmpty { return parts }
    if limit >= 0, parts.count == limit { return parts + [String(rest)] }
    let word = rest.prefix { !$0.isBlank }
    parts.append(String(word))
    rest = rest[word.endIndex...]
  }
}

private func lines(of text: StringObject, keepingEnds: Bool) -> [Value] {
  let breaks: Set<Unicode.Scalar> = [
    "\n", "\r", "\u{b}", "\u{c}", "\u{1c}", "\u{1d}", "\u{1e}", "\u{85}", "\u{2028}", "\u{2029}",
  ]
  var lines: [Value] = []
  var line = String.UnicodeScalarView()
  var scalars = text.text.unicodeScalars[...]
  while let scalar = scalars.popFirst() {
    guard breaks.contains(scalar) else {
      line.append(scalar)
      continue
    }
    if keepingEnds { line.append(scalar) }
    if scalar == "\r", scalars.first == "\n" {
      scalars.removeFirst()
      if keepingEnds { line.append("\n") }
    }
    lines.append(.string(String(line)))
    line = String.UnicodeScalarView()
  }
  return line.isEmpty ? lines : lines + [.string(String(line))]
}
