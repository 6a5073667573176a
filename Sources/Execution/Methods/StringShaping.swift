/// Methods that strip, fill, join and format.
let stringShaping: [NativeFunction] = [
  method("strip", "chars=None") { call throws(RuntimeError) in .string(try strip(call, leading: true, trailing: true)) },
  method("lstrip", "chars=None") { call throws(RuntimeError) in .string(try strip(call, leading: true, trailing: false)) },
  method("rstrip", "chars=None") { call throws(RuntimeError) in .string(try strip(call, leading: false, trailing: true)) },
  method("join", "iterable") { call throws(RuntimeError) in
    let separator = try call.string(0)
    var result = ""
    for (place, item) in try call.items(1).enumerated() {
      try call.machine.checkInterrupt()
      guard case .string(let part) = item else {
        throw RuntimeError(
          .typeError, "join takes strings, but item \(place) is \(item.typeName.withArticle)",
          help: "make them strings: sep.join(str(x) for x in xs)")
      }
      try call.machine.charge(bytes: separator.utf8.count + part.text.utf8.count)
      if place > 0 { result += separator }
      result += part.text
    }
    return .string(result)
  },
  method("ljust", "width, fillchar=' '") { call throws(RuntimeError) in .string(try fill(call, .left)) },
  method("rjust", "width, fillchar=' '") { call throws(RuntimeError) in .string(try fill(call, .right)) },
  method("center", "width, fillchar=' '") { call throws(RuntimeError) in .string(try fill(call, .center)) },
  method("zfill", "width") { call throws(RuntimeError) in
    let text = try call.text(0)
    let missing = max(0, try call.int(1)) - text.count
    guard missing > 0 else { return call[0] }
    try call.machine.charge(bytes: missing)
    let zeros = try call.machine.repeated("0", missing)
    let hasSign = text.text.utf8.first == UInt8(ascii: "-") || text.text.utf8.first == UInt8(ascii: "+")
    let start = text.text.utf8.index(text.text.startIndex, offsetBy: hasSign ? 1 : 0)
    return .string(try call.machine.joined(String(text.text[..<start]), zeros, String(text.text[start...])))
  },
  method("expandtabs", "tabsize=8") { call throws(RuntimeError) in
    let size = max(try call.int(1, default: 8), 0)
    var result = ""
    var column = 0
    for scalar in try call.string(0).unicodeScalars {
      try call.machine.checkInterrupt()
      if scalar == "\t" {
        let count = size == 0 ? 0 : size - column % size
        try call.machine.charge(bytes: count)
        result += try call.machine.repeated(" ", count)
        column += count
      } else {
        result.unicodeScalars.append(scalar)
        column = scalar == "\n" || scalar == "\r" ? 0 : column + 1
      }
    }
    return .string(result)
  },
  method("format", "*values, **named") { call throws(RuntimeError) in .string(try TemplateFormatter(call).result()) },
]

private func strip(_ call: Call, leading: Bool, trailing: Bool) throws(RuntimeError) -> String {
  let characters = try call.has(1) ? Set(call.string(1).unicodeScalars) : nil
  func goes(_ scalar: Unicode.Scalar) -> Bool { characters?.contains(scalar) ?? scalar.isBlank }
  var rest = try call.string(0).unicodeScalars[...]
  if leading {
    while let first = rest.first, goes(first) {
      try call.machine.checkInterrupt()
      rest.removeFirst()
    }
  }
  if trailing {
    while let last = rest.last, goes(last) {
      try call.machine.checkInterrupt()
      rest.removeLast()
    }
  }
  return String(rest)
}

private func fill(_ call: Call, _ alignment: FormatSpec.Alignment) throws(RuntimeError) -> String {
  let text = try call.text(0)
  let missing = max(0, try call.int(1)) - text.count
  let filler = try call.has(2) ? call.text(2) : StringObject(" ")
  guard filler.count == 1 else { throw RuntimeError(.typeError, "\(call.function.name) fills with one character") }
  guard missing > 0 else { return text.text }
  try call.machine.charge(count: missing, ofBytes: filler.text.utf8.count)
  func filling(_ count: Int) throws(RuntimeError) -> String { try call.machine.repeated(filler.text, count) }
  switch alignment {
  case .left: return try call.machine.joined(text.text, filling(missing))
  case .right: return try call.machine.joined(filling(missing), text.text)
  case .center, .afterSign:
    // CPython gives the odd place to the left where both counts are odd.
    let left = missing / 2 + (missing & (text.count + missing) & 1)
    return try call.machine.joined(filling(left), text.text, filling(missing - left))
  }
}
