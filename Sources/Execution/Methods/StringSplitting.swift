/// Methods that take a string apart.
let stringSplitting: [NativeFunction] = [
  method("split", "sep=None, maxsplit=-1") { call throws(RuntimeError) in
    let limit = try call.int(2, default: -1)
    guard call.has(1) else { return .list(try splitAtSpace(call, limit: limit)) }
    let (text, separator) = (try call.text(0).bytes, try separator(call))
    var parts = try room(forPartsOf: text, between: separator, limit: limit, call)
    var place = 0
    while limit < 0 || parts.count < limit, let found = try call.machine.firstRange(of: separator, in: text, from: place) {
      parts.append(.string(try call.machine.text(of: text[place..<found.lowerBound])))
      place = found.upperBound
    }
    parts.append(.string(try call.machine.text(of: text[place...])))
    return .list(parts)
  },
  method("rsplit", "sep=None, maxsplit=-1") { call throws(RuntimeError) in
    let limit = try call.int(2, default: -1)
    guard call.has(1) else { return .list(try splitAtSpace(call, limit: limit, fromEnd: true)) }
    let (text, separator) = (try call.text(0).bytes, try separator(call))
    var parts = try room(forPartsOf: text, between: separator, limit: limit, call)
    var end = text.count
    while limit < 0 || parts.count < limit, let found = try call.machine.lastRange(of: separator, in: text, to: end) {
      parts.append(.string(try call.machine.text(of: text[found.upperBound..<end])))
      end = found.lowerBound
    }
    parts.append(.string(try call.machine.text(of: text[..<end])))
    parts.reverse()
    return .list(parts)
  },
  method("partition", "sep") { call throws(RuntimeError) in
    let (text, separator) = (try call.text(0).bytes, try separator(call))
    guard let found = try call.machine.firstRange(of: separator, in: text) else {
      return .tuple([call[0], .string(""), .string("")])
    }
    return try parted(text, around: found, call)
  },
  method("rpartition", "sep") { call throws(RuntimeError) in
    let (text, separator) = (try call.text(0).bytes, try separator(call))
    guard let found = try call.machine.lastRange(of: separator, in: text) else {
      return .tuple([.string(""), .string(""), call[0]])
    }
    return try parted(text, around: found, call)
  },
  method("splitlines", "keepends=False") { call throws(RuntimeError) in
    .list(try lines(call, keepingEnds: call.truth(1, default: false)))
  },
]

private func separator(_ call: Call) throws(RuntimeError) -> [UInt8] {
  let separator = try call.text(1).bytes
  guard !separator.isEmpty else { throw RuntimeError(.valueError, "\(call.function.name) needs a separator that is not empty") }
  return separator
}

/// No parts yet, with room for all of a long text: a list that grows moves millions of them, which nothing could stop.
private func room(
  forPartsOf text: [UInt8], between separator: [UInt8], limit: Int, _ call: Call
) throws(RuntimeError) -> [Value] {
  var parts: [Value] = []
  if limit < 0, text.count > Parts.most {
    parts.reserveCapacity(try call.machine.occurrences(of: separator, in: text) + 1)
  }
  return parts
}

private func parted(_ text: [UInt8], around found: Range<Int>, _ call: Call) throws(RuntimeError) -> Value {
  .tuple([
    .string(try call.machine.text(of: text[..<found.lowerBound])), call[1],
    .string(try call.machine.text(of: text[found.upperBound...])),
  ])
}

/// The words between stretches of white space; after `limit` splits, or before as many from the end, the rest stays whole.
private func splitAtSpace(_ call: Call, limit: Int, fromEnd: Bool = false) throws(RuntimeError) -> [Value] {
  let text = try call.text(0)
  let count = limit < 0 && text.count <= Parts.most ? 0 : try Words(of: text, in: call.machine).count()
  let (kept, hasRest) = limit >= 0 && count > limit ? (limit, true) : (count, false)
  var parts: [Value] = []
  parts.reserveCapacity(kept + 1)
  var words = Words(of: text, in: call.machine)
  if hasRest, fromEnd {
    var end = text.text.startIndex
    for _ in 0..<(count - limit) { if let word = try words.next() { end = word.upperBound } }
    parts.append(text.part(text.text.startIndex..<end))
  }
  while let word = try words.next() {
    if hasRest, !fromEnd, parts.count == limit {
      parts.append(text.part(word.lowerBound..<text.text.endIndex))
      break
    }
    parts.append(text.part(word))
  }
  return parts
}

/// Goes over the words of a text, which white space parts.
private struct Words {
  private let machine: Machine
  private let scalars: String.UnicodeScalarView
  private var place: String.Index

  init(of text: StringObject, in machine: Machine) {
    self.machine = machine
    scalars = text.text.unicodeScalars
    place = scalars.startIndex
  }

  mutating func next() throws(RuntimeError) -> Range<String.Index>? {
    try skip { $0.isBlank }
    let start = place
    try skip { !$0.isBlank }
    return start < place ? start..<place : nil
  }

  func count() throws(RuntimeError) -> Int {
    var words = self
    var count = 0
    while try words.next() != nil { count += 1 }
    return count
  }

  @inline(__always)
  private mutating func skip(_ isSkipped: (Unicode.Scalar) -> Bool) throws(RuntimeError) {
    while place < scalars.endIndex, isSkipped(scalars[place]) {
      try machine.checkInterrupt()
      place = scalars.index(after: place)
    }
  }
}

private func lines(_ call: Call, keepingEnds: Bool) throws(RuntimeError) -> [Value] {
  let text = try call.text(0)
  let scalars = text.text.unicodeScalars
  var lines: [Value] = []
  var (start, place) = (scalars.startIndex, scalars.startIndex)
  while place < scalars.endIndex {
    try call.machine.checkInterrupt()
    let end = place
    place = scalars.index(after: place)
    guard scalars[end].isLineBreak else { continue }
    if scalars[end] == "\r", place < scalars.endIndex, scalars[place] == "\n" { place = scalars.index(after: place) }
    lines.append(text.part(start..<(keepingEnds ? place : end)))
    start = place
  }
  if start < place { lines.append(text.part(start..<place)) }
  return lines
}

extension StringObject {
  fileprivate func part(_ range: Range<String.Index>) -> Value {
    let part = String(text[range])
    return .string(isASCII ? StringObject(ascii: part) : StringObject(part))
  }
}

extension Unicode.Scalar {
  fileprivate var isLineBreak: Bool {
    switch value {
    case 0xA...0xD, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }
}
