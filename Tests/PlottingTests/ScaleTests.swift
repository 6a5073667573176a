import Testing

@testable import Plotting

@Suite struct ScaleTests {
  private func scale(
    _ data: ClosedRange<Double>?, _ kind: ScaleKind = .linear, isWhole: Bool = false, limits: ClosedRange<Double>? = nil,
    padding: Double = 0
  ) -> Scale {
    var axis = Axis()
    axis.kind = kind
    axis.isWhole = isWhole
    axis.limits = limits
    return Scale(axis, data: data, padding: padding)
  }

  private static let linear: [(ClosedRange<Double>, Int, [String])] = [
    (0.0...1.0, 5, ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
    (0.0...10.0, 5, ["0", "2", "4", "6", "8", "10"]),
    (-1.0...1.0, 4, ["-1.0", "-0.5", "0", "0.5", "1.0"]),
    (0.0...0.3, 3, ["0", "0.1", "0.2", "0.3"]),
    (97.0...103.0, 3, ["98", "100", "102"]),
    (1e9 + 1...1e9 + 2, 2, ["1000000001.0", "1000000001.5", "1000000002.0"]),
    (0.0...4e6, 4, ["0", "1e6", "2e6", "3e6", "4e6"]),
    (1e-300...2e-300, 2, ["1e-300", "1.5e-300", "2e-300"]),
    (-1e300...1e300, 4, ["-1e300", "-5e299", "0", "5e299", "1e300"]),
  ]

  @Test(arguments: linear)
  func `linear ticks are multiples of 1, 2 and 5`(data: ClosedRange<Double>, count: Int, texts: [String]) {
    #expect(scale(data).ticks(near: count).map(\.text) == texts)
  }

  private static let logarithmic: [(ClosedRange<Double>, Int, [String])] = [
    (1.0...1000.0, 5, ["1", "10", "100", "1000"]),
    (1.0...10.0, 5, ["1", "2", "5", "10"]),
    (1e-300...1e300, 6, ["1e-300", "1e-200", "1e-100", "1", "1e100", "1e200", "1e300"]),
    (0.12...0.15, 3, ["0.12", "0.13", "0.14", "0.15"]),
  ]

  @Test(arguments: logarithmic)
  func `logarithmic ticks are powers of ten`(data: ClosedRange<Double>, count: Int, texts: [String]) {
    #expect(scale(data, .logarithmic).ticks(near: count).map(\.text) == texts)
  }

  private static let counted: [(ClosedRange<Double>, [String])] = [
    (0.0...2.0, ["0", "1", "2"]), (1.0...5.0, ["1", "2", "3", "4", "5"]),
    (0.0...300.0, ["0", "50", "100", "150", "200", "250", "300"]),
  ]

  @Test(arguments: counted)
  func `what is counted has whole ticks`(data: ClosedRange<Double>, texts: [String]) {
    #expect(scale(data, isWhole: true).ticks(near: 6).map(\.text) == texts)
  }

  private static let ranges: [(ClosedRange<Double>, ScaleKind)] = [
    (0.0...1.0, ScaleKind.linear), (3.0...3.0, .linear), (0.0...0.0, .linear), (-1.7e308...1.7e308, .linear),
    (1.0...1e6, .logarithmic), (5.0...5.0, .logarithmic), (1e-300...1e300, .logarithmic),
    (Double.leastNonzeroMagnitude...1.7e308, .logarithmic),
  ]

  @Test(arguments: ranges)
  func `every range has a length, and its ends stand in order`(data: ClosedRange<Double>, kind: ScaleKind) throws {
    for padding in [0, 0.04] {
      let scale = scale(data, kind, padding: padding)
      #expect(scale.range.lowerBound.isFinite && scale.range.upperBound.isFinite)
      #expect((scale.range.upperBound - scale.range.lowerBound).isFinite)
      let low = try #require(scale.share(scale.range.lowerBound)), high = try #require(scale.share(scale.range.upperBound))
      #expect(abs(low) < 1e-9 && abs(high - 1) < 1e-9)
      for tick in scale.ticks(near: 5) { #expect(try #require(scale.share(tick.value)).magnitude < 1.001) }
    }
  }

  @Test func `without data there is an axis all the same`() {
    #expect(scale(nil).range == 0...1)
    #expect(scale(nil, .logarithmic).range == 1...10)
  }

  @Test func `limits take the place of the data`() {
    #expect(scale(0...100, limits: 2...3, padding: 0.04).range == 2...3)
  }

  @Test func `what is not finite, or not above zero on a logarithmic axis, has no place`() {
    #expect(scale(0...1).share(.nan) == nil && scale(0...1).share(.infinity) == nil)
    #expect(scale(1...10, .logarithmic).share(0) == nil && scale(1...10, .logarithmic).share(-1) == nil)
  }

  private static let numbers: [(Double, String)] = [
    (0.0, "0"), (1, "1"), (-2.5, "-2.5"), (3.14159, "3.142"), (0.000123456, "0.0001235"), (0.0000123456, "1.235e-5"),
    (1_234_567, "1.235e6"), (999_999_999, "1e9"), (9.99996, "10"), (.nan, "nan"), (-.infinity, "-inf"),
    (Double.leastNonzeroMagnitude, "4.941e-324"),
    (Double.greatestFiniteMagnitude, "1.798e308"),
  ]

  @Test(arguments: numbers)
  func `numbers are written with four figures`(value: Double, text: String) {
    #expect(TickText.short(value) == text)
  }
}
