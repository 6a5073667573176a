import Checking
import Execution
import Gradients
import Insight
import Learning
import Plotting
import Tensors

extension Builtin {
  static let figures: [Builtin] = [
    Builtin(
      "plot",
      [.rest("values"), .named("smooth", "None", .share(excludesUpper: true))] + FigureSettings.parameters + [.keywords("lines")],
      .figure,
      "A line chart: plot(y), plot(x, y), plot(run), plot(f, -3, 3), or several lines by name: plot(adam=r1.loss, sgd=r2.loss). smooth= draws a moving average, from 0 to below 1. \(FigureSettings.help)",
      example: "print(plot([3, 1, 2], title=\"three\").title)\n# three"
    ) { call, workspace throws(RuntimeError) in
      let smooth = call.has(1) ? try call.float(1) : nil
      let settings = try FigureSettings(call, in: workspace)
      let lines = call.keywords(2 + FigureSettings.parameters.count)
      if let stranger = lines.first(where: { !$0.value.mayBeSeries }) { throw call.unknown(stranger.name) }
      return .foreign(FigureObject(try workspace.plot(call, lines: lines, smooth: smooth, settings), in: workspace))
    },
    Builtin(
      "scatter",
      [.required("x", .tensor), .required("y", .tensor), .named("color", "None", .classes)]
        + FigureSettings.parameters, .figure,
      "Points; color= gives their classes, as whole numbers or names. \(FigureSettings.help)",
      example: "print(scatter([1, 2], [3, 4], title=\"two\").title)\n# two"
    ) { call, workspace throws(RuntimeError) in
      let (x, y) = (try call.series(0, in: workspace), try call.series(1, in: workspace))
      guard x.count == y.count else {
        throw RuntimeError(.shapeError, "scatter needs as many x as y, but got \(x.count) and \(y.count)")
      }
      let (classes, names) = call.has(2) ? try call.classes(2, in: workspace) : ([], [])
      guard classes.isEmpty || classes.count == x.count else {
        throw RuntimeError(.shapeError, "color gives \(classes.count) classes for \(x.count) points")
      }
      let settings = try FigureSettings(call, in: workspace)
      return workspace.figure(Chart([.points(Points(x: x, y: y, classes: classes, names: names))]), settings)
    },
    Builtin(
      "histogram", [.required("x", .tensor), .named("bins", "None", .whole(atLeast: 1))] + FigureSettings.parameters, .figure,
      "How often values fall between equal edges. \(FigureSettings.help)",
      example: "print(histogram(randn(100), title=\"normal\").title)\n# normal"
    ) { call, workspace throws(RuntimeError) in
      let values = try call.tensor(0, in: workspace)
      let bins = call.has(1) ? try call.int(1) : nil
      guard (1...10_000).contains(bins ?? 1) else { throw call.wrong(1, wanted: "a whole number from 1 to 10000") }
      let settings = try FigureSettings(call, in: workspace)
      try workspace.mark(call.machine)
      var chart = Chart([try engine { try Insight.histogram(values, bins: bins) }])
      chart.yAxis.label = "count"
      chart.yAxis.isWhole = true
      return workspace.figure(chart, settings)
    },
    Builtin(
      "bar", [.required("names", .list), .required("values", .tensor)] + FigureSettings.parameters, .figure,
      "A bar for each name. \(FigureSettings.help)",
      example: "print(bar([\"a\", \"b\"], [1, 2], title=\"bars\").title)\n# bars"
    ) { call, workspace throws(RuntimeError) in
      var names: [String] = []
      for value in try call.items(0) { names.append(try value.text()) }
      let values = try call.series(1, in: workspace)
      guard names.count == values.count else {
        throw RuntimeError(.shapeError, "bar needs as many names as values, but got \(names.count) and \(values.count)")
      }
      let settings = try FigureSettings(call, in: workspace)
      var chart = Chart([.bars(values)])
      chart.xAxis.names = names
      return workspace.figure(chart, settings)
    },
    Builtin(
      "heatmap", [.required("m", .tensor)] + FigureSettings.parameters, .figure,
      "A matrix as colours: rows down, columns across. \(FigureSettings.help)",
      example: "print(heatmap([[1, 2], [3, 4]], title=\"four\").title)\n# four"
    ) { call, workspace throws(RuntimeError) in
      let grid = try call.grid(0, in: workspace)
      let settings = try FigureSettings(call, in: workspace)
      let isSigned = grid.values.contains { $0 < 0 } && grid.values.contains { $0 > 0 }
      let cells = Cells(grid, colors: isSigned ? .diverging : .sequential, showsValues: grid.rows * grid.columns <= 150)
      var chart = Chart([.cells(cells)])
      chart.xAxis.isWhole = true
      chart.yAxis.isWhole = true
      return workspace.figure(chart, settings)
    },
    Builtin(
      "contour",
      [
        .required("f", .function), .required("xlim", .limits), .required("ylim", .limits), .named("path", "None", .tensor),
        .named("levels", "12", .whole(atLeast: 1)),
      ] + FigureSettings.parameters(without: ["xlim", "ylim"]), .figure,
      "Lines of equal height of f(x, y) over xlim and ylim; path= draws a way upon it, as pairs of x and y. \(FigureSettings.help)",
      example:
        "bowl = lambda x, y: x ** 2 + y ** 2\nfigure = contour(bowl, (-1, 1), (-1, 1), title=\"bowl\")\nprint(figure.title)\n# bowl"
    ) { call, workspace throws(RuntimeError) in
      let (x, y) = (try call.limits(1, in: workspace), try call.limits(2, in: workspace))
      let settings = try FigureSettings(call, in: workspace)
      let grid = try workspace.sample(call[0], x, y, call.machine)
      var marks = [Mark.contours(Cells(grid, x: x, y: y), levels: levels(of: grid, count: try call.int(4, default: 12)))]
      if call.has(3) {
        let way = try call.grid(3, in: workspace)
        guard way.columns == 2 else { throw RuntimeError(.shapeError, "path needs pairs of x and y") }
        marks.append(
          .line(Series(x: (0..<way.rows).map { way[$0, 0] }, y: (0..<way.rows).map { way[$0, 1] }, colorIndex: 1)))
      }
      return workspace.figure(Chart(marks), settings)
    },
    Builtin(
      "show_images",
      [
        .required("x", .tensor), .named("labels", "None", .list), .named("columns", "8", .whole(atLeast: 1)),
        .named("title", "None", .text),
      ],
      .figure, "Rows of grey levels as pictures: [n, height, width], or one [height, width].",
      example: "images = load_digits().images[:4]\nprint(show_images(images, title=\"digits\").title)\n# digits"
    ) { call, workspace throws(RuntimeError) in
      var labels: [String] = []
      if call.has(1) { for value in try call.items(1) { labels.append(try value.text()) } }
      let columns = try call.int(2, default: 8)
      let sheet = ImageSheet(
        try call.images(0, in: workspace), labels: labels, columns: columns, title: call.has(3) ? try call.string(3) : nil)
      return .foreign(FigureObject(.images(sheet), in: workspace))
    },
    Builtin(
      "subplots", [.rest("figures", .figure), .named("columns", "2", .whole(atLeast: 1))], .figure,
      "Figures side by side, row by row.",
      example: "a = plot([1, 2], title=\"a\")\nb = plot([2, 1], title=\"b\")\nprint(subplots(a, b).title)\n# a; b"
    ) { call, workspace throws(RuntimeError) in
      var figures: [Figure] = []
      for (i, value) in call.rest(0).enumerated() {
        guard case .foreign(let object as FigureObject) = value else { throw call.wrong(0, rest: i) }
        figures.append(object.figure)
      }
      guard !figures.isEmpty else {
        throw RuntimeError(.typeError, "subplots needs at least one figure", help: "subplots(plot(a), plot(b))")
      }
      let columns = try call.int(1, default: 2)
      return .foreign(FigureObject(.grid(figures, columns: columns), in: workspace))
    },
    Builtin(
      "show", [.rest("values")], .figure, "Shows figures, or any values, as a cell's result is shown.",
      example: "show(\"a\", 1)\n# 'a'\n# 1"
    ) { call, workspace throws(RuntimeError) in
      for value in call.rest(0) { workspace.front.display(try workspace.shown(value), id: nil, isUpdate: false) }
      return .none
    },
  ]

  /// Heights between which equal shares of the plane lie: so a steep edge does not leave a valley without lines.
  private static func levels(of grid: Grid, count: Int) -> [Double] {
    let finite = grid.values.filter(\.isFinite).sorted()
    guard let low = finite.first, let high = finite.last, low < high, count > 0 else { return [] }
    let count = min(count, 100)
    let levels = (1...count).map { finite[$0 * (finite.count - 1) / (count + 1)] }.filter { $0 > low && $0 < high }
    return Set(levels).sorted()
  }
}
