/// Builtins of text and output.
let textFunctions: [NativeFunction] = [
  function(
    "print", "*values, sep=' ', end='\\n', err=False",
    // Programs print a million times a second.
    onPositions: { values, machine throws(RuntimeError) in
      machine.surroundings.write(try joined(values, " ", "\n", machine), .output)
      return .none
    }
  ) { call throws(RuntimeError) in
    let (separator, end) = (try call.string(1, default: " "), try call.string(2, default: "\n"))
    let text = try call.rest(0).withUnsafeBufferPointer { values throws(RuntimeError) in
      try joined(values, separator, end, call.machine)
    }
    call.machine.surroundings.write(text, try call.truth(3, default: false) ? .error : .output)
    return .none
  },
  function("repr", "value") { call throws(RuntimeError) in .string(try call[0].representation(in: call.machine)) },
  function("format", "value, spec=''") { call throws(RuntimeError) in
    .string(try call.machine.format(call[0], call.string(1, default: "")))
  },
  function("chr", "code") { call throws(RuntimeError) in
    let code = try call.int(0)
    guard let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init) else {
      throw RuntimeError(.valueError, "\(code) is no code point", help: "code points go from 0 to 1114111")
    }
    return .string(StringObject.character(scalar))
  },
  function("ord", "character") { call throws(RuntimeError) in
    let text = try call.text(0)
    guard text.count == 1 else { throw RuntimeError(.typeError, "ord wants one character, but got \(text.count)") }
    return .int(Int(text.scalar(at: 0).value))
  },
]

/// The texts of values in a row, with the end of a line.
private func joined(
  _ values: UnsafeBufferPointer<Value>, _ separator: String, _ end: String, _ machine: Machine
) throws(RuntimeError) -> String {
  var text = ""
  for place in values.indices {
    if place > 0 { text += separator }
    text += try values[place].boxed.text(in: machine)
  }
  text += end
  return text
}
