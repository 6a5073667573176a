import Plotting

extension Explanation {
  /// The ways from the weight to the loss, as wide as what passes along them, above the numbers.
  public func figure() -> Figure {
    .grid(
      [.network(drawing), .lines(TextSheet(title: "∂L/∂\(target)", lines: Array(lines(width: 92).dropFirst(2))))], columns: 1)
  }

  private var drawing: NetworkDrawing {
    var start = NetworkDrawing.Column(name: input == nil ? "bias" : "input", detail: "", count: input?.count ?? 1)
    start.marked = [input?.number ?? 0]
    var columns = [start]
    for (l, layer) in layers.enumerated() {
      var column = NetworkDrawing.Column(name: layer.name, detail: "\(layer.shares.count)", count: layer.shares.count)
      column.marked = layer.strongest
      column.flows = layer.flows.map { NetworkDrawing.Flow(from: $0.from, to: $0.to, value: $0.value) }
      if l == 0 {
        column.flows = layer.strongest.map { NetworkDrawing.Flow(from: input?.number ?? 0, to: $0, value: layer.shares[$0]) }
      }
      columns.append(column)
    }
    var end = NetworkDrawing.Column(name: lossName, detail: "L = \(digits(loss, 5))", count: 1)
    end.marked = [0]
    if let last = layers.last {
      end.flows = last.strongest.map { NetworkDrawing.Flow(from: $0, to: 0, value: last.shares[$0]) }
    }
    columns.append(end)
    columns[0].detail = input.map { "\($0.count)" } ?? ""
    return NetworkDrawing(
      columns: columns, title: "∂L/∂\(target) = \(digits(backprop, isDouble ? 7 : 6))",
      signs: NetworkDrawing.Signs(positive: "adds to the gradient", negative: "takes from it"))
  }
}
