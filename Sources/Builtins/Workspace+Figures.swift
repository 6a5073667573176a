import Execution
import Gradients
import Insight
import Learning
import Plotting
import Tensors

extension Workspace {
  func figure(_ chart: Chart, _ settings: FigureSettings) -> Value {
    .foreign(FigureObject(.chart(settings.apply(to: chart)), in: self))
  }

  /// What `plot` was given: a run, a function with its ends, values, places with values, or lines by name.
  func plot(
    _ call: Call, lines named: [(name: String, value: Value)], smooth: Double?, _ settings: FigureSettings
  ) throws(RuntimeError) -> Figure {
    let values = call.rest(0)
    if values.count == 1, named.isEmpty, case .foreign(let object as RunObject) = values[0] {
      guard object.run.steps > 0 else { throw RuntimeError(.valueError, "the run has no steps to plot") }
      switch Insight.figure(of: object.run, smooth: smooth) {
      case .chart(let chart): return .chart(settings.apply(to: chart))
      case .grid(let figures, let columns):
        return .grid(
          figures.enumerated().map { i, figure in
            if i == 0, let chart = figure.chart { .chart(settings.apply(to: chart)) } else { figure }
          }, columns: columns)
      case let other: return other
      }
    }
    var lines: [Series] = []
    if let first = values.first, first.isFunction {
      guard values.count == 3 else {
        throw RuntimeError(.typeError, "plot of a function needs where it starts and ends", help: "plot(f, -3, 3)")
      }
      let (from, to) = (try number(values[1]), try number(values[2]))
      guard from < to else {
        throw RuntimeError(.valueError, "plot goes from a smaller to a larger number, not \(from) to \(to)")
      }
      lines.append(try sample(first, from, to, call.machine))
    } else if !values.isEmpty {
      guard values.count <= 2 else {
        throw RuntimeError(
          .typeError, "plot takes y, or x and y, but got \(values.count) values", help: "several lines by name: plot(a=y1, b=y2)")
      }
      lines += try series(values)
    }
    for (name, value) in named {
      let y = try series([value])
      lines += y.map { Series(x: $0.x, y: $0.y, name: name) }
    }
    guard !lines.isEmpty else {
      throw RuntimeError(.typeError, "plot needs something to plot", help: "plot(y), plot(x, y), plot(run), plot(f, -3, 3)")
    }
    var marks: [Mark] = []
    for (i, line) in lines.enumerated() {
      guard let smooth else {
        marks.append(.line(line))
        continue
      }
      marks.append(.line(Series(x: line.x, y: line.y, isFaint: true, colorIndex: i)))
      marks.append(.line(Series(x: line.x, y: smoothed(line.y, smooth), name: line.name, colorIndex: i)))
    }
    var chart = Chart(marks)
    // Without an x of their own values stand at their numbers.
    chart.xAxis.isWhole = values.count < 2
    return .chart(settings.apply(to: chart))
  }

  /// The numbers of a figure: those of a list in full, whatever the session's type of tensors.
  func numbers(_ value: Value) throws(RuntimeError) -> Tensor {
    switch value {
    case .list, .tuple, .range: try variable(ofList: ListReader(value), dtype: .float64).value
    default: try variable(value).value
    }
  }

  /// y, or x and y; a matrix is a line for each column.
  private func series(_ values: [Value]) throws(RuntimeError) -> [Series] {
    let y = try numbers(values[values.count - 1])
    guard y.rank > 0, y.rank <= 2 else {
      throw RuntimeError(.shapeError, "plot needs a row of numbers or a matrix, but got shape \(y.shape)")
    }
    let (count, width) = (y.shape[0], y.rank == 2 ? y.shape[1] : 1)
    var x = (0..<count).map(Double.init)
    if values.count == 2 {
      x = try numbers(values[0]).doubles
      guard x.count == count else {
        throw RuntimeError(.shapeError, "plot needs as many x as y, but got \(x.count) and \(count)")
      }
    }
    let numbers = y.doubles
    return (0..<width).map { column in
      Series(x: x, y: (0..<count).map { numbers[$0 * width + column] }, name: width > 1 ? "column \(column)" : nil)
    }
  }

  /// 240 equal steps of a function of one number.
  private func sample(_ function: Value, _ from: Double, _ to: Double, _ machine: Machine) throws(RuntimeError) -> Series {
    let x = (0...240).map { from + (to - from) * Double($0) / 240 }
    var y: [Double] = []
    for value in x { y.append(try gap { () throws(RuntimeError) in try number(try machine.call(function, .float(value))) }) }
    return Series(x: x, y: y, name: function.functionName == "function" ? nil : function.functionName)
  }

  /// A function of two numbers over 61 by 61 places.
  func sample(
    _ function: Value, _ x: ClosedRange<Double>, _ y: ClosedRange<Double>, _ machine: Machine
  ) throws(RuntimeError) -> Grid {
    let count = 61
    func place(_ i: Int, _ range: ClosedRange<Double>) -> Double {
      range.lowerBound + (range.upperBound - range.lowerBound) * Double(i) / Double(count - 1)
    }
    var values: [Double] = []
    for row in 0..<count {
      for column in 0..<count {
        values.append(
          try gap { () throws(RuntimeError) in
            try number(try machine.call(function, .float(place(column, x)), .float(place(row, y))))
          })
      }
    }
    return Grid(rows: count, columns: count, values: values)
  }

  /// A place where a function has no value, as a quotient at a pole, is a gap in its picture.
  private func gap(_ value: () throws(RuntimeError) -> Double) throws(RuntimeError) -> Double {
    do { return try value() } catch  where error.kind == .zeroDivisionError || error.kind == .overflowError { return .nan }
  }

  private func number(_ value: Value) throws(RuntimeError) -> Double {
    let tensor = try numbers(value)
    guard tensor.count == 1 else {
      throw RuntimeError(.shapeError, "a single number is needed here, but this has shape \(tensor.shape)")
    }
    return tensor.doubles[0]
  }

  /// Two numbers, the smaller first.
  func limits(_ value: Value, _ name: String) throws(RuntimeError) -> ClosedRange<Double> {
    let ends = try numbers(value).doubles
    guard ends.count == 2, ends[0] < ends[1], ends.allSatisfy(\.isFinite) else {
      throw RuntimeError(.valueError, "\(name) is a pair of numbers, the smaller first", help: "\(name)=(0, 1)")
    }
    return ends[0]...ends[1]
  }
}

extension Call {
  private func numbers(_ place: Int, in workspace: Workspace) throws(RuntimeError) -> Tensor {
    switch self[place] {
    case .list, .tuple, .range: try workspace.numbers(self[place])
    default: try tensor(place, in: workspace)
    }
  }

  /// Classes counted from 0, with their names: whole numbers in order, or names as they come.
  func classes(_ place: Int, in workspace: Workspace) throws(RuntimeError) -> (numbers: [Int], names: [String]) {
    var words: [String] = []
    if case .list(let list) = self[place] {
      for case .string(let word) in list.elements { words.append(word.text) }
      if !words.isEmpty, words.count == list.elements.count {
        let names = words.reduce(into: [String]()) { names, word in if !names.contains(word) { names.append(word) } }
        return (words.map { names.firstIndex(of: $0) ?? 0 }, names)
      }
    }
    let values = try series(place, in: workspace)
    guard values.allSatisfy({ abs($0) < 1e15 && $0 == $0.rounded() }) else {
      throw RuntimeError(
        .valueError, "\(function.name) wants whole numbers or names as \(function.signature.parameters[place].name)")
    }
    let known = Set(values).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: known.enumerated().map { ($1, $0) })
    return (values.map { numbers[$0] ?? 0 }, known.map { String(Int($0)) })
  }

  /// A row of numbers.
  func series(_ place: Int, in workspace: Workspace) throws(RuntimeError) -> [Double] {
    let tensor = try numbers(place, in: workspace)
    guard tensor.rank == 1 else {
      throw RuntimeError(
        .shapeError,
        "\(function.name) wants a row of numbers as \(function.signature.parameters[place].name), but got shape \(tensor.shape)")
    }
    return tensor.doubles
  }

  /// A matrix.
  func grid(_ place: Int, in workspace: Workspace) throws(RuntimeError) -> Grid {
    let tensor = try numbers(place, in: workspace)
    guard tensor.rank == 2 else {
      throw RuntimeError(
        .shapeError,
        "\(function.name) wants a matrix as \(function.signature.parameters[place].name), but got shape \(tensor.shape)")
    }
    return Grid(rows: tensor.shape[0], columns: tensor.shape[1], values: tensor.doubles)
  }

  func limits(_ place: Int, in workspace: Workspace) throws(RuntimeError) -> ClosedRange<Double> {
    try workspace.limits(self[place], function.signature.parameters[place].name)
  }

  /// Pictures of grey levels.
  func images(_ place: Int, in workspace: Workspace) throws(RuntimeError) -> [Grid] {
    let tensor = try tensor(place, in: workspace)
    guard tensor.rank == 2 || tensor.rank == 3 else {
      throw RuntimeError(
        .shapeError, "show_images wants [n, height, width], but got shape \(tensor.shape)", help: "x.reshape(-1, 8, 8)")
    }
    let (rows, columns) = (tensor.shape[tensor.rank - 2], tensor.shape[tensor.rank - 1])
    let values = tensor.doubles
    guard rows * columns > 0 else { return [] }
    return stride(from: 0, to: values.count, by: rows * columns).prefix(400).map {
      Grid(rows: rows, columns: columns, values: Array(values[$0..<($0 + rows * columns)]))
    }
  }
}
