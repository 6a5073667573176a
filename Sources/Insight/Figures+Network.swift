import Gradients
import Learning
import Plotting
import Tensors

/// The class that the network gives to each place of the plane, with the data upon it; of a regression its prediction.
public func decisionBoundary(_ network: Network, _ data: Dataset, resolution: Int = 90) throws(InsightError) -> Figure {
  guard data.count > 0 else { throw .empty("the data") }
  guard data.x.rank == 2, data.x.shape[1] == 2 else { throw .notPlanar(features: data.x.count / data.count) }
  if let expected = network.places.first?.input ?? network.places.first?.output, network.isReady, expected.count != 2 {
    throw .notOverPlane(features: expected.count)
  }
  return try engines {
    let values = data.x.doubles
    let (x, y) = (
      stride(from: 0, to: values.count, by: 2).map { values[$0] }, stride(from: 1, to: values.count, by: 2).map { values[$0] }
    )
    let (xRange, yRange) = (padded(x), padded(y))
    var places: [Double] = []
    for row in 0..<resolution {
      for column in 0..<resolution {
        places.append(at(column, of: resolution, in: xRange))
        places.append(at(row, of: resolution, in: yRange))
      }
    }
    let plane = try Tensor(places, shape: Shape([resolution * resolution, 2]), dtype: data.x.dtype.floating)
    let outputs = try network.predict(plane)
    var chart = Chart([], title: "decision boundary", xLabel: data.features.first, yLabel: data.features.dropFirst().first)
    if let targets = try classNumbers(data) {
      let regions = Grid(
        rows: resolution, columns: resolution,
        values: classes(outputs, above: try threshold(network, data, targets)).map(Double.init))
      let names = data.classes.isEmpty ? (0...max(1, targets.max() ?? 0)).map(String.init) : data.classes
      chart.marks = [
        .regions(Regions(regions, x: xRange, y: yRange)), .points(Points(x: x, y: y, classes: targets, names: names)),
      ]
    } else {
      guard outputs.count == resolution * resolution else { throw InsightError.notClasses }
      let field = Grid(rows: resolution, columns: resolution, values: outputs.doubles)
      chart.title = "prediction"
      chart.marks = [
        .cells(Cells(field, x: xRange, y: yRange, label: "prediction", isTopDown: false)), .points(Points(x: x, y: y)),
      ]
    }
    chart.width = 480
    chart.height = 420
    return .chart(chart)
  }
}

/// The targets as class numbers, whole ones or 0 and 1: none without targets, nil where they are not such.
private func classNumbers(_ data: Dataset) throws -> [Int]? {
  guard let y = data.y else { return [] }
  let targets = try y.cast(to: .float64).doubles
  let most = y.dtype.isFloat ? 1.0 : 999
  guard y.count == data.count, targets.allSatisfy({ $0 >= 0 && $0 <= most && $0 == $0.rounded() }) else { return nil }
  return targets.map { Int($0) }
}

/// With several outputs the largest wins; a single one is class 1 above a threshold.
private func classes(_ outputs: Tensor, above threshold: Double) -> [Int] {
  let width = max(1, outputs.count / max(1, outputs.shape.dimensions.first ?? 1))
  let values = outputs.doubles
  guard width > 1 else { return values.map { $0 > threshold ? 1 : 0 } }
  return stride(from: 0, to: values.count, by: width).map { start in
    (0..<width).max { values[start + $0] < values[start + $1] } ?? 0
  }
}

/// What a single output is measured by: a half, or 0 for a logit. A linear output may be either, since only the loss knows:
/// then the one under which more of the data is right.
private func threshold(_ network: Network, _ data: Dataset, _ targets: [Int]) throws -> Double {
  guard network.outputActivation.isLinear else { return 0.5 }
  let outputs = try network.predict(data.x)
  func right(_ threshold: Double) -> Int { zip(classes(outputs, above: threshold), targets).count { $0 == $1 } }
  return right(0.5) > right(0) ? 0.5 : 0
}

private func padded(_ values: [Double]) -> ClosedRange<Double> {
  let finite = values.filter(\.isFinite)
  let (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
  let space = max(0.1 * (high - low), 0.05 * max(abs(low), abs(high)), 1e-6)
  return (low - space)...(high + space)
}

/// The middle of a cell.
private func at(_ i: Int, of count: Int, in range: ClosedRange<Double>) -> Double {
  range.lowerBound + (range.upperBound - range.lowerBound) * (Double(i) + 0.5) / Double(count)
}

extension Network {
  /// The activation of the last layer.
  var outputActivation: Activation {
    guard let last = layers.last else { return .linear }
    if case .network(let inner, .row) = last.body { return inner.outputActivation }
    return last.activation
  }
}

/// Counts of examples by class and prediction: rows are classes, columns predictions.
public func confusionMatrix(_ network: Network, _ data: Dataset) throws(InsightError) -> Figure {
  guard data.y != nil else { throw .noTarget }
  return try engines {
    guard let actual = try classNumbers(data) else { throw InsightError.notClasses }
    let predicted = classes(try network.predict(data.x), above: try threshold(network, data, actual))
    let count = max((actual + predicted).max() ?? 0, data.classes.count - 1) + 1
    var counts = [Double](repeating: 0, count: count * count)
    for (a, p) in zip(actual, predicted) { counts[a * count + p] += 1 }
    var chart = Chart(
      [.cells(Cells(Grid(rows: count, columns: count, values: counts), label: "examples", showsValues: true))],
      title: "confusion matrix", xLabel: "prediction", yLabel: "class")
    let names = data.classes.count == count ? data.classes : (0..<count).map(String.init)
    chart.xAxis.names = names
    chart.yAxis.names = names
    chart.width = 480
    chart.height = 420
    return .chart(chart)
  }
}

/// How the weights of each layer are spread.
public func weightHistograms(_ network: Network) throws(InsightError) -> Figure {
  let weights = network.parameters.filter { $0.parameter.value.rank > 1 }
  guard !weights.isEmpty else { throw .notReady }
  var charts: [Figure] = []
  for (path, parameter) in weights {
    var chart = Chart([try engines { try histogram(parameter.value) }], title: path)
    chart.width = 320
    chart.height = 220
    charts.append(.chart(chart))
  }
  return .grid(charts, columns: 2)
}

/// Counts between equal edges; as many as Sturges's rule asks for, at least 10 (H. Sturges, 1926).
public func histogram(_ values: Tensor, bins: Int? = nil, name: String? = nil) throws(TensorError) -> Mark {
  let values = try values.cast(to: .float64).flatten()
  let finite = try values.subscripted([.mask(values.isfinite())])
  if finite.count == 0 { return .histogram(edges: [], counts: [], name: name) }
  let (low, high) = (try finite.min().item(), try finite.max().item())
  var count = 1
  while 1 << (count - 1) < finite.count { count += 1 }
  count = max(1, bins ?? max(10, count))
  let space = max(abs(low), 1) * 0.05
  let (start, end) = high / 2 - low / 2 > 0 ? (low, high) : (low - space, high + space)
  // By halves: the difference of the ends may be beyond any number.
  let places = try (finite / 2 - start / 2) / (end / 2 - start / 2) * Double(count)
  let numbers = try places.clip(.number(0), .number(Double(count - 1))).cast(to: .int64)
  let counts = try numbers.bincount(minimum: count).doubles
  let edges = (0...count).map { start * (1 - Double($0) / Double(count)) + end * (Double($0) / Double(count)) }
  return .histogram(edges: edges, counts: counts, name: name)
}

/// The network as neurons and weights, with gradients where the last backward pass left some; nil where it has no dense
/// layer, or nothing is known yet.
public func drawing(of network: Network) -> Figure? {
  guard network.isReady else { return nil }
  var columns: [NetworkDrawing.Column] = []
  addColumns(of: network, prefix: "", to: &columns)
  return columns.count > 1 ? .network(NetworkDrawing(columns: columns)) : nil
}

/// A column for each dense layer; what has no weights is told below the column before.
private func addColumns(of network: Network, prefix: String, to columns: inout [NetworkDrawing.Column]) {
  for place in network.places {
    switch place.layer.body {
    case .input: continue
    case .network(let inner, _): addColumns(of: inner, prefix: prefix + place.name + ".", to: &columns)
    case .function(let function):
      if !columns.isEmpty { columns[columns.count - 1].detail += ", \(function.name)" }
    case .kind(let kind, _):
      guard kind.name == LayerKind.dense.name, let weight = place.layer.parameters.first?.parameter else {
        guard !columns.isEmpty else { continue }
        columns[columns.count - 1].detail += ", \(kind.name == "activation" ? place.layer.activation.name : kind.name)"
        continue
      }
      let (inputs, units) = (weight.value.shape[0], weight.value.shape[1])
      if columns.isEmpty { columns.append(NetworkDrawing.Column(name: "input", detail: "\(inputs)", count: inputs)) }
      let activation = place.layer.activation.isLinear ? "" : ", \(place.layer.activation.name)"
      columns.append(
        NetworkDrawing.Column(
          name: prefix + place.name, detail: "\(inputs) → \(units)\(activation)", count: units, weights: rows(weight.value),
          gradients: weight.gradient.map(rows) ?? []))
    }
  }
}

private func rows(_ matrix: Tensor) -> [[Double]] {
  let (values, width) = (matrix.doubles, matrix.shape[1])
  return (0..<matrix.shape[0]).map { Array(values[($0 * width)..<(($0 + 1) * width)]) }
}
