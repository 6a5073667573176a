import Glibc

/// Builtins of numbers.
let numberFunctions: [NativeFunction] = [
  function("divmod", "x, y") { call throws(RuntimeError) in
    .tuple([
      try call.machine.binary(.floorDivide, call[0], call[1]), try call.machine.binary(.modulo, call[0], call[1]),
    ])
  },
  function("pow", "base, exp, mod=None") { call throws(RuntimeError) in
    guard call.has(2) else { return try call.machine.binary(.power, call[0], call[1]) }
    let (base, exponent, modulus) = (try call.int(0), try call.int(1), try call.int(2))
    guard modulus != 0 else { throw RuntimeError(.valueError, "pow cannot take the remainder by 0") }
    guard exponent >= 0 else { throw RuntimeError(.valueError, "pow with mod= wants an exponent of at least 0") }
    return .int(Rounding.power(base, exponent, modulus: modulus))
  },
]

enum Rounding {
  /// Python's `round`: halves to the even neighbour; with `digits` correctly rounded from the number's exact value.
  static func round(_ number: Number, digits: Int?) throws(RuntimeError) -> Value {
    switch (number, digits) {
    case (.int(let number), nil): return .int(number)
    case (.int(let number), let digits?): return .int(try round(number, digits: digits))
    case (.float(let number), nil): return .int(try whole(number.rounded(.toNearestOrEven)))
    case (.float(let number), let digits?):
      guard number.isFinite, digits < 323 else { return .float(number) }
      guard digits >= 0 else {
        guard digits > -309 else { return .float(number * 0) }
        let unit = pow(10, Double(-digits))
        return .float((number / unit).rounded(.toNearestOrEven) * unit)
      }
      return .float(Double(FloatText.fixed(number, "f", digits: digits)) ?? number)
    }
  }

  private static func round(_ number: Int, digits: Int) throws(RuntimeError) -> Int {
    guard digits < 0 else { return number }
    guard digits >= -18 else { return 0 }
    let unit = (0..<(-digits)).reduce(1) { unit, _ in unit * 10 }
    let down = Arithmetic.floorQuotient(number, unit)
    let rest = Arithmetic.floorRemainder(number, unit)
    let isUp = rest > unit - rest || rest == unit - rest && down & 1 == 1
    let (result, overflow) = (isUp ? down + 1 : down).multipliedReportingOverflow(by: unit)
    guard !overflow else { throw RuntimeError.overflow("round(\(number), \(digits))") }
    return result
  }

  /// The whole number that a float without fraction is.
  static func whole(_ number: Double) throws(RuntimeError) -> Int {
    guard !number.isNaN else { throw RuntimeError(.valueError, "nan is no whole number") }
    guard let whole = Int(exactly: number) else {
      throw RuntimeError(.overflowError, "\(FloatText.repr(number)) does not fit into an int of 64 bits")
    }
    return whole
  }

  /// `base ** exponent % modulus` without large numbers between.
  static func power(_ base: Int, _ exponent: Int, modulus: Int) -> Int {
    let size = modulus.magnitude
    func product(_ a: UInt, _ b: UInt) -> UInt {
      let (high, low) = a.multipliedFullWidth(by: b)
      return size.dividingFullWidth((high, low)).remainder
    }
    var square = UInt(base < 0 ? size - 1 - (UInt(bitPattern: ~base) % size) : UInt(base) % size)
    var result = 1 % size
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result = product(result, square) }
      square = product(square, square)
      rest >>= 1
    }
    if modulus < 0, result > 0 { return Int(result) &+ modulus }
    return Int(result)
  }
}
