/// Methods that strip, fill, join and format.
let stringShaping: [NativeFunction] = [
  method("strip", "chars=None") { call throws(RuntimeError) in .string(try strip(call, leading: true, trailing: true)) },
  method("lstrip", "chars=None") { call throws(RuntimeError) in .string(try strip(call, leading: true, trailing: false)) },
  method("rstrip", "chars=None") { call throws(RuntimeError) in .string(try strip(call, leading: false, trailing: true)) },
  method("join", "iterable") { call throws(RuntimeError) in
    let separator = try call.string(0)
    var result = ""
    for (place, item) in try call.items(1).enumerated() {
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
    let missing = try call.int(1) - text.count
    guard missing > 0 else { return call[0] }
    try call.machine.charge(bytes: missing)
    let hasSign = text.text.hasPrefix("-") || text.text.hasPrefix("+")
    return .string(
      text.text.prefix(hasSign ? 1 : 0) + String(repeating: "0", count: missing) + text.text.dropFirst(hasSign ? 1 : 0))
  },
  method("expandtabs", "tabsize=8") { call throws(RuntimeError) in
    let size = max(try call.int(1, default: 8), 0)
    var result = ""
    var column = 0
    for scalar in try call.string(0).unicodeScalars {
      if scalar == "\t" {
        let count = size == 0 ? 0 : size - column % size
        try call.machine.charge(bytes: count)
        result += String(repeating: " ", count: count)
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
  if leading { rest = rest.drop(while: goes) }
  if trailing { while let last = rest.last, goes(last) { rest.removeLast() } }
  return String(rest)
}

private func fill(_ call: Call, _ alignment: FormatSpec.Alignment) throws(RuntimeError) -> String {
  let text = try call.text(0)
  let missing = try call.int(1) - text.count
  let filler = try call.has(2) ? call.text(2) : StringObject(" ")
  guard filler.count == 1 else { throw RuntimeError(.typeError, "\(call.function.name) fills with one character") }
  guard missing > 0 else { return text.text }
  try call.machine.charge(count: missing, ofBytes: filler.text.utf8.count)
  func filling(_ count: Int) -> String { String(repeating: filler.text, count: count) }
  switch alignment {
  case .left: return text.text + filling(missing)
  case .right: return filling(missing) + text.text
  case .center, .afterSign:
    // CPython gives the odd place to the left where both counts are odd.
    let left = missing / 2 + (missing & (text.count + missing) & 1)
    return filling(left) + text.text + filling(missing - left)
  }
}
