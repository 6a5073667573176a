import Testing

@testable import Plotting

@Suite struct SVGFigureTests {
  private static let nasty = "a & b < c > d \" ' \u{1B}[31m\u{7}\u{202E} \n\t ]]> 😀 日本語"

  private static let figures: [(String, Figure)] = [
    ("nothing", .chart(Chart([]))),
    ("no points", .chart(Chart([.line(Series([]))]))),
    ("one point", .chart(Chart([.line(Series([3]))]))),
    ("the same", .chart(Chart([.line(Series([3, 3, 3]))]))),
    ("gaps", .chart(Chart([.line(Series([1, .nan, 3, .infinity, 2, 1]))]))),
    ("huge", .chart(Chart([.line(Series([-1.7e308, 1.7e308, 4e-300]))]))),
    (
      "names",
      .chart(
        Chart(
          [.line(Series([1, 2], name: nasty)), .line(Series([2, 1], name: "b"))], title: nasty, xLabel: nasty, yLabel: nasty))
    ),
    ("long", .chart(Chart([.line(Series([1, 2]))], title: String(repeating: "long ", count: 200)))),
    ("dozens", .chart(Chart((0..<60).map { .line(Series([Double($0), 1], name: "series \($0)")) }))),
    ("points", .chart(Chart([.points(Points(x: [1, 2, 3], y: [1, .nan, 2], classes: [0, 1, 12], names: ["a", "b"]))]))),
    ("bars", .chart(bars(["a", nasty, "c"], [3, -1, .nan]))),
    ("histogram", .chart(Chart([.histogram(edges: [0, 1, 2], counts: [3, 4], name: nil)]))),
    (
      "cells",
      .chart(
        Chart([
          .cells(Cells(Grid(rows: 2, columns: 2, values: [1, .nan, -2]), colors: .diverging, label: nasty, showsValues: true))
        ]))
    ),
    ("regions", .chart(Chart([.regions(Regions(Grid(rows: 1, columns: 2, values: [0, 1]), x: 0...1, y: 0...1))]))),
    ("contours", .chart(Chart([.contours(Cells(Grid(rows: 2, columns: 2, values: [0, 1, 1, 2])), levels: [0.5, 1.5])]))),
    ("rules", .chart(Chart([.horizontalRule(1, label: nasty), .verticalRule(2, label: "v")]))),
    ("images", .images(ImageSheet([Grid(rows: 2, columns: 2, values: [0, 1, 2, 3])], labels: [nasty], title: nasty))),
    ("no images", .images(ImageSheet([]))),
    ("lines", .lines(TextSheet(title: nasty, lines: ["head", "  δ = 1", ""]))),
    (
      "grid",
      .grid(
        [
          .chart(Chart([.line(Series([1, 2]))])), .chart(Chart([.line(Series([2, 1]))])),
          .lines(TextSheet(title: "t", lines: [])),
        ], columns: 2)
    ),
    ("network", .network(network)),
  ]

  private static func bars(_ names: [String], _ values: [Double]) -> Chart {
    var chart = Chart([.bars(values)])
    chart.xAxis.names = names
    return chart
  }

  private static var network: NetworkDrawing {
    NetworkDrawing(
      columns: [
        .init(name: "input", detail: "2", count: 2),
        .init(name: nasty, detail: "2 → 1", count: 1, weights: [[0.5], [-.infinity]], gradients: [[0.1], [.nan]]),
      ])
  }

  @Test(arguments: figures)
  func `every picture is well-formed, without scripts and addresses`(name: String, figure: Figure) {
    for svg in [figure.svg(), figure.svg(caption: Self.nasty)] {
      #expect(Markup(svg).mistake == nil)
      #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
      for word in ["<script", "href", "javascript", "url(http", "onload", "nan", "inf\""] {
        #expect(!svg.contains(word), "\(word)")
      }
      #expect(!svg.unicodeScalars.contains { $0.value < 32 && $0 != "\n" || $0 == "\u{202E}" })
    }
  }

  @Test(arguments: figures)
  func `every picture has a title and a description for those who cannot see it`(name: String, figure: Figure) throws {
    let svg = figure.svg()
    let id = try #require(svg.firstMatch(of: /aria-labelledby="(bp[a-z0-9]+)-t \1-d"/)).1
    #expect(svg.contains("<title id=\"\(id)-t\">") && svg.contains("<desc id=\"\(id)-d\">") && svg.contains("role=\"img\""))
  }

  @Test func `the same picture has the same text, and another another id`() throws {
    let (a, b) = (Figure.chart(Chart([.line(Series([1, 2]))])), Figure.chart(Chart([.line(Series([1, 3]))])))
    #expect(a.svg() == a.svg())
    let ids = try [a, b].map { try #require($0.svg().firstMatch(of: /id="(bp[a-z0-9]+)-t"/)).1 }
    #expect(ids[0] != ids[1])
  }

  @Test func `text and axes follow the reader's theme`() {
    let svg = Figure.chart(Chart([.line(Series([1, 2]))], title: "t")).svg()
    #expect(svg.contains("@media (prefers-color-scheme:dark)"))
    for color in Palette.themed {
      #expect(svg.contains(".bp-fill-\(color.hexDigits){fill:\(Color(color.dark ?? 0).hex)}"))
    }
    #expect(svg.contains("fill=\"\(Palette.ink.hex)\" class=\"bp-fill-\(Palette.ink.hexDigits)\""))
  }

  @Test func `a picture of very many points is small, and keeps its peak`() {
    var values = (0..<40_000).map { Double($0 % 100) }
    values[4321] = 1e6
    let line = Figure.chart(Chart([.line(Series(values))]))
    #expect(line.svg().utf8.count < 100_000)
    // The peak reaches the upper end of the plot, which begins at 14.
    #expect(line.svg().contains(#/,2\d(\.\d+)? /#))
    let cloud = Points(x: values.map { $0 * 37 }, y: values.indices.map { Double($0 % 1000) })
    #expect(Figure.chart(Chart([.points(cloud)])).svg().utf8.count < 2_000_000)
    #expect(Figure.chart(Chart([.bars(values)])).svg().utf8.count < 200_000)
    let gaps = values.indices.map { $0 % 2 == 0 ? values[$0] : .nan }
    #expect(Figure.chart(Chart([.line(Series(gaps))])).svg().utf8.count < 5_000_000)
  }

  @Test func `a caption stands line by line above the picture`() {
    let figure = Figure.chart(Chart([.line(Series([1, 2]))]))
    let svg = figure.svg(caption: "epoch 3/8  loss 0.1\nThe weights are kept")
    #expect(svg.contains(">epoch 3/8\u{2003}loss 0.1</text>") && svg.contains(">The weights are kept</text>"))
    #expect(svg.contains("height=\"384\"") && figure.svg().contains("height=\"340\""))
  }

  @Test func `a legend that is too long says how much is missing`() {
    let chart = Chart((0..<60).map { .line(Series([Double($0), 1], name: "series \($0)")) })
    let svg = Figure.chart(chart).svg()
    #expect(svg.firstMatch(of: #/… \d+ more/#) != nil)
    #expect(svg.contains("stroke-dasharray"))
  }

  @Test func `a title that is too long is cut and told whole as a tooltip`() {
    let title = String(repeating: "long ", count: 60)
    let svg = Figure.chart(Chart([.line(Series([1, 2]))], title: title)).svg()
    #expect(svg.contains("…<title>\(title)</title></text>"))
  }

  @Test func `where nothing can be seen the picture says so`() {
    for mark in [Mark.line(Series([])), .line(Series([.nan])), .bars([]), .cells(Cells(Grid(rows: 0, columns: 0, values: [])))] {
      #expect(Figure.chart(Chart([mark])).svg().contains("nothing to show"))
      #expect(Figure.chart(Chart([mark])).text().contains("nothing to show"))
    }
    var negative = Chart([.line(Series([-1, -2]))])
    #expect(!Figure.chart(negative).svg().contains("nothing to show"))
    negative.yAxis.kind = .logarithmic
    #expect(Figure.chart(negative).svg().contains("nothing to show"))
  }

  @Test func `the summary says what is left out`() {
    var chart = Chart([.line(Series([1, -2, .nan, 4], name: "loss"))])
    chart.yAxis.kind = .logarithmic
    #expect(
      Figure.chart(chart).summary
        == "Line loss of 4 points from 1 to 4. 2 numbers have no place on these axes and are left out.")
  }

  @Test(arguments: [
    ("a & b", "a &amp; b"), ("<script>", "&lt;script&gt;"), ("\"x'", "&quot;x&#39;"), ("a\u{0}b\u{1B}[0m\u{85}", "ab[0m"),
    ("a\nb\tc", "a b c"), ("😀 ü", "😀 ü"), ("\u{202E}abc\u{2066}", "abc"), ("\u{FFFE}x", "x"),
  ])
  func `text is escaped where it lands`(text: String, escaped: String) {
    #expect(text.asMarkup() == escaped)
  }

  @Test(arguments: [
    (0.0, "0"), (1, "1"), (1.5, "1.5"), (-0.25, "-0.25"), (1.05, "1.05"), (1 / 3.0, "0.33"), (.nan, "0"), (1e300, "10000000"),
    (-0.001, "0"),
  ])
  func `places have two decimals at most`(value: Double, text: String) {
    #expect(value.svg == text)
  }
}

/// Checks that tags are closed in order, attributes are quoted once and nothing is left unescaped.
private struct Markup {
  private(set) var mistake: String?

  init(_ text: String) {
    var open: [Substring] = []
    var rest = text[...]
    while let start = rest.firstIndex(of: "<") {
      let between = rest[..<start]
      if between.contains(">") {
        mistake = "a bare > in \(between.prefix(40))"
        return
      }
      if between.replacing(/&(amp|lt|gt|quot|#39);/, with: "").contains("&") {
        mistake = "a bare & in \(between.prefix(40))"
        return
      }
      guard let end = rest[start...].firstIndex(of: ">") else {
        mistake = "a tag without an end"
        return
      }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("/") {
        guard open.popLast() == tag.dropFirst() else {
          mistake = "</\(tag)> closes another"
          return
        }
        continue
      }
      guard
        let parts = tag.wholeMatch(of: /([a-zA-Z]+)((?:\s+[a-zA-Z][a-zA-Z0-9:-]*="[^"<&]*(?:&[a-z#0-9]+;[^"<&]*)*")*)\s*(\/?)/)
      else {
        mistake = "a tag that is none: <\(tag.prefix(80))>"
        return
      }
      let names = parts.2.matches(of: /([a-zA-Z][a-zA-Z0-9:-]*)="/).map(\.1)
      guard Set(names).count == names.count else {
        mistake = "an attribute twice: <\(tag.prefix(80))>"
        return
      }
      if parts.3.isEmpty { open.append(parts.1) }
    }
    if !open.isEmpty { mistake = "\(open) is not closed" }
  }
}
