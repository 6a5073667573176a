import Testing

@testable import Plotting

@Suite struct FigureTests {
  @Test func `two charts are laid over each other`() throws {
    let lower = Chart([.line(Series([1, 2], name: "a"))], xLabel: "x")
    var upper = Chart([.line(Series([2, 1], name: "b"))], title: "both", xLabel: "other")
    upper.yAxis.kind = .logarithmic
    let both = try #require(Figure.chart(lower).overlaid(with: .chart(upper))?.chart)
    #expect(both.marks.count == 2 && both.title == "both" && both.xAxis.label == "x" && both.yAxis.kind == .logarithmic)
    #expect(both.legendEntries.map(\.name) == ["a", "b"])
    #expect(Figure.chart(lower).overlaid(with: .images(ImageSheet([]))) == nil)
  }

  @Test func `a legend stands only where there is something to tell apart`() {
    var chart = Chart([.line(Series([1], name: "loss"))])
    #expect(chart.legendEntries.isEmpty)
    chart.legend = .shown
    #expect(chart.legendEntries.map(\.name) == ["loss"])
    chart.marks.append(.line(Series(x: [0], y: [1], name: "pale", isFaint: true, colorIndex: 0)))
    #expect(chart.legendEntries.map(\.name) == ["loss"])
    chart.legend = .hidden
    #expect(chart.legendEntries.isEmpty)
  }

  @Test(arguments: [
    (3, [], [0, 1, 2]), (12, [], [0, 1, 2, 3, 4, 5, 6, 7, nil, 11]), (64, [20], [nil, 20, nil]),
    (64, [63, 5, 4], [nil, 4, 5, nil, 63]), (12, [99], [0, 1, 2, 3, 4, 5, 6, 7, nil, 11]),
  ])
  func `of large layers the ends or the marked neurons are drawn`(count: Int, marked: [Int], shown: [Int?]) {
    var column = NetworkDrawing.Column(name: "dense1", detail: "", count: count)
    column.marked = marked
    #expect(NetworkDrawing.shown(of: column) == shown)
  }

  @Test func `thinning keeps the lowest and the highest of each pixel`() {
    let points = (0..<10_000).map { (i: Int) -> (Double, Double) in (Double(i) / 1000, i == 5555 ? 99 : Double(i % 3)) }
    let thin = Thinning.line(points, width: 10)
    #expect(thin.count < 50)
    #expect(thin.map(\.1).max() == 99 && thin.map(\.1).min() == 0)
    #expect(thin.map(\.0) == thin.map(\.0).sorted())
    let few = [(0.0, 1.0), (0.1, 2.0)]
    #expect(Thinning.line(few, width: 10).map(\.1) == [1, 2])
  }

  @Test func `large grids shrink to means`() {
    let grid = Grid(rows: 2, columns: 4, values: [1, 3, 5, 7, 1, 3, .nan, 7]).shrunk(toRows: 1, columns: 2)
    #expect(grid.rows == 1 && grid.columns == 2)
    #expect(grid[0, 0] == 2 && abs(grid[0, 1] - 19 / 3.0) < 1e-12)
  }

  @Test func `contours cut the sides in proportion`() {
    let segments = MarchingSquares.segments(Grid(rows: 2, columns: 2, values: [0, 4, 0, 4]), level: 1)
    #expect(segments.count == 1)
    #expect(segments.allSatisfy { $0.x1 == 0.25 && $0.x2 == 0.25 })
    #expect(MarchingSquares.segments(Grid(rows: 2, columns: 2, values: [0, .nan, 0, 4]), level: 1).isEmpty)
  }

  /// WCAG's ratio of luminances; 3 is what graphics need, 4.5 what text needs.
  private func contrast(_ a: Color, _ b: Color) -> Double {
    func luminance(_ color: Color) -> Double {
      func linear(_ part: UInt8) -> Double {
        let share = Double(part) / 255
        return share <= 0.04045 ? share / 12.92 : power((share + 0.055) / 1.055)
      }
      return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
    }
    let (high, low) = (max(luminance(a), luminance(b)), min(luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)
  }

  /// x to the power of 2.4: the fifth root of x¹², by Newton's method.
  private func power(_ x: Double) -> Double {
    let target = (0..<12).reduce(1.0) { product, _ in product * x }
    var root = x
    for _ in 0..<200 { root -= (root * root * root * root * root - target) / (5 * root * root * root * root) }
    return root
  }

  @Test func `colours are seen on white and on black, and text is read`() {
    let (white, black) = (Color(0xFFFFFF), Color(0x111111))
    for color in Palette.series { #expect(contrast(color, white) >= 3 && contrast(color, black) >= 3, "\(color.hex)") }
    #expect(contrast(Palette.ink, white) >= 7 && contrast(Color(Palette.ink.dark ?? 0), black) >= 7)
    #expect(contrast(Palette.axis, white) >= 3 && contrast(Color(Palette.axis.dark ?? 0), black) >= 3)
  }
}
