/// Methods of `int`.
let intMethods: [NativeFunction] = [
  method("bit_length") { call throws(RuntimeError) in .int(Int.bitWidth - (try call.int(0)).magnitude.leadingZeroBitCount) },
  method("bit_count") { call throws(RuntimeError) in .int((try call.int(0)).magnitude.nonzeroBitCount) },
  method("is_integer") { _ throws(RuntimeError) in .bool(true) },
]

/// Methods of `float`.
let floatMethods: [NativeFunction] = [
  method("is_integer") { call throws(RuntimeError) in
    let number = try call.float(0)
    return .bool(number.isFinite && number == number.rounded())
  }
]
