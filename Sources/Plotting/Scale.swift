import Glibc

/// Places numbers along an axis, as shares of its length.
struct Scale: Equatable {
  let kind: ScaleKind
  /// In the axis's own numbers, before any logarithm.
  let range: ClosedRange<Double>
  /// Whether only whole numbers are named.
  let isWhole: Bool

  /// - Parameter data: the smallest and largest number to be shown; nil without any.
  init(_ axis: Axis, data: ClosedRange<Double>?, padding: Double = 0.04) {
    kind = axis.kind
    isWhole = axis.isWhole
    if let limits = axis.limits, kind == .linear || limits.lowerBound > 0 {
      range = Scale.widened(limits, kind)
      return
    }
    let data = Scale.widened(data ?? (kind == .linear ? 0...1 : 1...10), kind)
    switch kind {
    case .linear:
      let space = (data.upperBound - data.lowerBound) * padding
      range = (data.lowerBound - space)...(data.upperBound + space)
    case .logarithmic:
      // The quotient of the ends may be beyond any number, the difference of their logarithms is not.
      let space = exp((log(data.upperBound) - log(data.lowerBound)) * padding)
      range = max(data.lowerBound / space, Double.leastNormalMagnitude)...min(data.upperBound * space, .greatestFiniteMagnitude)
    }
  }

  /// A range with some length, since nothing can be placed in one without.
  private static func widened(_ range: ClosedRange<Double>, _ kind: ScaleKind) -> ClosedRange<Double> {
    // Their difference must be a number too.
    let limit = Double.greatestFiniteMagnitude / 4
    let (low, high) = (max(range.lowerBound, -limit), min(range.upperBound, limit))
    guard kind == .linear else {
      let low = max(low, Double.leastNormalMagnitude * 4)
      return high > low * 1.0001 ? low...high : (low / 2)...(max(low, high) * 2)
    }
    let size = max(abs(low), abs(high))
    if high - low > size * 1e-12 { return low...high }
    let space = size > 0 ? size * 0.1 : 0.5
    return (low - space)...(high + space)
  }

  /// Where a number stands, from 0 at the start to 1 at the end; nil where it has no place.
  func share(_ value: Double) -> Double? {
    guard value.isFinite else { return nil }
    switch kind {
    case .linear: return (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    case .logarithmic:
      guard value > 0 else { return nil }
      return (log(value) - log(range.lowerBound)) / (log(range.upperBound) - log(range.lowerBound))
    }
  }

  /// Numbers to be named along the axis, with their texts.
  func ticks(near count: Int) -> [(value: Double, text: String)] {
    kind == .linear ? linearTicks(near: count) : logarithmicTicks(near: count)
  }

  /// Multiples of 1, 2 or 5 times a power of ten.
  ///
  /// P. Heckbert, "Nice numbers for graph labels", Graphics Gems, 1990.
  private func linearTicks(near count: Int) -> [(value: Double, text: String)] {
    let span = range.upperBound - range.lowerBound
    let rough = span / Double(max(1, count))
    let power = pow(10, floor(log10(rough)))
    let factor = rough / power
    let nice = (factor < 1.5 ? 1 : factor < 3.5 ? 2 : factor < 7.5 ? 5 : 10) * power
    let step = isWhole ? max(1, nice) : nice
    guard step.isFinite, step > 0 else { return [] }
    var values: [Double] = []
    var i = (range.lowerBound / step).rounded(.up)
    while i * step <= range.upperBound + span * 1e-9, values.count < 50 {
      // Steps below one are counted as parts, since 3 · 0.1 is not 0.3.
      values.append(step < 1 && power > 1e-15 ? i / (1 / step).rounded() : i * step)
      i += 1
    }
    return values.map { ($0, TickText.text($0, step: step)) }
  }

  /// Powers of ten, and where these are few also 2 and 5 times them.
  private func logarithmicTicks(near count: Int) -> [(value: Double, text: String)] {
    let (low, high) = (log10(range.lowerBound), log10(range.upperBound))
    let decades = (high - low) / Double(max(1, count))
    let stride = [1, 2, 3, 5, 10, 20, 50, 100].first { $0 >= decades } ?? 200.0
    // Where no power of ten and hardly a multiple lies inside, the numbers stand as on a linear axis.
    guard high - low >= 0.5 else { return linearTicks(near: count) }
    let factors: [Double] = high - low < 2 ? [1, 2, 5] : [1]
    var values: [Double] = []
    var exponent = floor(low / stride) * stride
    while exponent <= high {
      for factor in factors {
        let value = factor * pow(10, exponent)
        if value >= range.lowerBound * 0.999_999, value <= range.upperBound * 1.000_001 { values.append(value) }
      }
      exponent += stride
    }
    return values.map { ($0, TickText.text($0, step: $0)) }
  }
}

/// The text of a number beside an axis.
enum TickText {
  /// With as many decimals as steps of this size need; large and tiny numbers with a power of ten.
  static func text(_ value: Double, step: Double) -> String {
    guard value != 0 else { return "0" }
    let size = abs(value)
    let figures = log10(size / abs(step)) + 1
    if size >= 1e6 && (figures < 7 || size >= 1e15) || size < 1e-4 { return scientific(value, step: step) }
    let decimals = max(0, Int(-floor(log10(abs(step)) + 1e-9)))
    return fixed(value, decimals: min(decimals, 12))
  }

  /// At most so many significant figures.
  static func short(_ value: Double, figures: Int = 4) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    guard value != 0 else { return "0" }
    let exponent = Int(floor(log10(abs(value))))
    if exponent >= 6 || exponent < -4 { return scientific(value, decimals: figures - 1) }
    return trimmed(fixed(value, decimals: max(0, figures - 1 - exponent)))
  }

  private static func scientific(_ value: Double, decimals: Int? = nil, step: Double = 1) -> String {
    let exponent = Int(floor(log10(abs(value)) + 1e-12))
    let decimals = decimals ?? max(0, min(12, exponent - Int(floor(log10(abs(step)) + 1e-9))))
    // In two steps where the power of ten itself would be below any number.
    let mantissa = exponent > -300 ? value / pow(10, Double(exponent)) : value * 1e200 / pow(10, Double(exponent + 200))
    let digits = fixed(mantissa, decimals: decimals)
    // 9.9996 rounds to the next power.
    if digits.hasPrefix("10") || digits.hasPrefix("-10") {
      return "\(trimmed(fixed(mantissa / 10, decimals: decimals)))e\(exponent + 1)"
    }
    return "\(trimmed(digits))e\(exponent)"
  }

  private static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var text = text
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }

  static func fixed(_ value: Double, decimals: Int) -> String {
    let scale = pow(10, Double(decimals))
    let scaled = (abs(value) * scale).rounded()
    guard scaled < 1e15 else { return "\(value)" }
    let number = Int(scaled)
    let whole = number / Int(scale), part = number % Int(scale)
    let sign = value < 0 && number > 0 ? "-" : ""
    guard decimals > 0 else { return "\(sign)\(whole)" }
    let digits = String(part)
    return "\(sign)\(whole).\(String(repeating: "0", count: decimals - digits.count))\(digits)"
  }
}
