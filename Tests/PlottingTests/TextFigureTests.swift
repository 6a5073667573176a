import Testing

@testable import Plotting

@Suite struct TextFigureTests {
  private static let wave = Series((0..<50).map { Double(($0 * 7) % 11) }, name: "wave")

  private static let figures: [(String, Figure)] = [
    ("empty", .chart(Chart([.line(Series([]))]))),
    (
      "lines",
      .chart(
        Chart(
          [.line(wave), .line(Series([1, 5, 2, 9], name: "日本語 and more"))], title: String(repeating: "long ", count: 40),
          xLabel: String(repeating: "x", count: 200), yLabel: "δ"))
    ),
    ("classes", .chart(Chart([.points(Points(x: [1, 2, 3], y: [1, 3, 2], classes: [0, 1, 2], names: ["0", "1", "iris"]))]))),
    ("bars", .chart(bars)),
    (
      "cells",
      .chart(
        Chart([
          .cells(Cells(Grid(rows: 3, columns: 40, values: (0..<120).map(Double.init)), label: "log₁₀ ‖∂L/∂w‖", showsValues: true))
        ]))
    ),
    ("regions", .chart(Chart([.regions(Regions(Grid(rows: 2, columns: 2, values: [0, 1, 2, 3]), x: 0...1, y: 0...1))]))),
    ("network", .network(network)),
    (
      "images",
      .images(
        ImageSheet(
          (0..<9).map { Grid(rows: 8, columns: 8, values: (0..<64).map { Double($0 * $0 % 17) } + [Double($0)]) },
          labels: ["one", "two"], title: "numbers"))
    ),
    ("sheet", .lines(TextSheet(title: "t", lines: ["∂L/∂w = " + String(repeating: "1 × ", count: 60)]))),
    ("grid", .grid([.chart(bars), .network(network)], columns: 2)),
  ]

  private static var bars: Chart {
    var chart = Chart([.bars([3, -1, 4.5])])
    chart.xAxis.names = ["setosa", "versicolor", "virginica and a very long name"]
    return chart
  }

  private static var network: NetworkDrawing {
    NetworkDrawing(columns: [
      .init(name: "input", detail: "40", count: 40),
      .init(
        name: "dense1", detail: "40 → 40, tanh", count: 40,
        weights: Array(repeating: Array(repeating: -0.123456, count: 40), count: 40)),
    ])
  }

  @Test(arguments: figures, [24, 60, 80, 120])
  func `no line is wider than the terminal`(figure: (String, Figure), width: Int) {
    for isUnicode in [true, false] {
      for hasColor in [true, false] {
        let text = figure.1.text(TextFigureStyle(width: width, hasColor: hasColor, isUnicode: isUnicode))
        for line in text.split(separator: "\n") {
          let plain = String(line.replacing(/\u{1B}\[[0-9;]*m/, with: ""))
          #expect(plain.columns <= width, "\(figure.0): \(plain)")
          #expect(hasColor || !line.contains("\u{1B}"))
          if hasColor, line.contains("\u{1B}") { #expect(line.hasSuffix("\u{1B}[0m") || !line.hasSuffix("m")) }
        }
      }
    }
  }

  @Test(arguments: figures)
  func `where the locale has no Unicode, ASCII is enough`(name: String, figure: Figure) {
    let text = figure.text(TextFigureStyle(width: 60, isUnicode: false)).replacing("日本語", with: "")
    #expect(text.utf8.allSatisfy { $0 < 0x80 }, "\(text)")
  }

  @Test func `a line is drawn in braille`() {
    var chart = Chart([.line(Series([0, 1, 4, 9]))], title: "squares", xLabel: "n")
    chart.xAxis.isWhole = true
    #expect(
      Figure.chart(chart).text(TextFigureStyle(width: 40, height: 8)) == """
                        squares
          │                                  ⢀⠤⠂
          │                               ⢀⠤⠊⠁
          │                            ⢀⠤⠊⠁
        5 ┤                         ⢀⠤⠊⠁
          │                     ⢀⡠⠔⠊⠁
          │                 ⣀⠤⠒⠉⠁
          │          ⢀⣀⣀⡠⠔⠊⠉
        0 ┤⠠⠤⠔⠒⠒⠒⠊⠉⠉⠉⠁
          └─────────────────────────────────────
            0          1           2          3
                             n
        """)
  }

  @Test func `bars stand on the line between two rows`() {
    #expect(
      Figure.chart(Self.bars).text(TextFigureStyle(width: 44, height: 8)) == """
          │                             ▇▇▇▇▇▇▇▇
        4 ┤                             ████████
          │    ▅▅▅▅▅▅▅▅                 ████████
        2 ┤    ████████                 ████████
          │    ████████                 ████████
          │    ████████                 ████████
        0 ┤    ████████                 ████████
          │                █████████
          └─────────────────────────────────────────
                setosa    versicolor virginica a…
        """)
  }

  @Test func `classes are told by digits without colour`() {
    let points = Points(x: [1, 2, 3], y: [1, 3, 2], classes: [0, 1, 2], names: ["setosa", "1", "virginica"])
    #expect(
      Figure.chart(Chart([.points(points)])).text(TextFigureStyle(width: 40, height: 5)) == """
        0 setosa  1  2 virginica
        3 ┤                  1
          │
        2 ┤                                    2
          │
        1 ┤0
          └─────────────────────────────────────
           1.0     1.5      2.0      2.5     3.0
        """)
  }

  @Test func `a single point between gaps is seen`() {
    let text = Figure.chart(Chart([.line(Series([1, .nan, 3, .nan, 2]))])).text(TextFigureStyle(width: 40, height: 5))
    #expect(text.count { $0 == "●" } == 3)
  }

  @Test func `what a terminal might obey is made visible`() {
    let text = Figure.chart(Chart([.line(Series([1, 2]))], title: "a\u{1B}[31m\u{7}\u{202E}b\nc")).text()
    #expect(!text.contains("\u{1B}") && !text.contains("\u{7}") && !text.contains("\u{202E}"))
    #expect(text.contains("b c"))
  }

  @Test(arguments: [
    ("abc", 5, "abc"), ("abcdef", 4, "abc…"), ("日本語", 4, "日…"), ("日本語", 6, "日本語"), ("ab", 1, "…"), ("ab", 0, ""),
  ])
  func `text is cut by columns`(text: String, width: Int, cut: String) {
    #expect(text.cut(to: width) == cut)
    #expect(text.cut(to: width).columns <= width)
  }

  @Test(arguments: [
    ("∂L/∂w ← δ · x²", "dL/dw <- delta * x^2"), ("σ(z)(1 − σ(z))", "sigmoid(z)(1 - sigmoid(z))"), ("plain", "plain"),
  ])
  func `formulas are spelled in ASCII`(text: String, spelled: String) {
    #expect(text.asASCII == spelled)
  }

  @Test(arguments: [
    ([1.0, 2, 3, 4], 4, "▁▃▆█"), ([5, 5], 4, "▅▅"), ([1, .nan, 3], 3, "▁ █"), ([], 3, ""), ([.nan], 3, ""),
  ])
  func `a curve in one line`(values: [Double], width: Int, line: String) {
    #expect(sparkline(values, width: width) == line)
  }
}
