import Gradients
import Learning
import Plotting
import Tensors
import Testing

@testable import Insight

@Suite struct FiguresTests {
  private func network(_ layers: [Layer]) throws -> Network { try Network(layers, stream: RandomStream(seed: 0)) }

  private func data(_ y: Tensor?) throws -> Dataset {
    try Dataset(x: Tensor([0, 0, 1, 0, 0, 1, 1, 1], shape: [4, 2]), y: y)
  }

  @Test func `a decision boundary has the classes of the network, with the data upon them`() throws {
    let network = try network([.input([2]), .dense(1)])
    network.parameters[0].parameter.value = try Tensor([1.0, 0], shape: [2, 1])
    network.parameters[1].parameter.value = try Tensor([-0.5])
    let chart = try #require(try decisionBoundary(network, data(Tensor([0, 1, 0, 1])), resolution: 10).chart)
    guard case .regions(let regions) = chart.marks[0], case .points(let points) = chart.marks[1] else {
      Issue.record("regions and points")
      return
    }
    for row in 0..<10 {
      for column in 0..<10 { #expect(regions.classes[row, column] == (column < 5 ? 0 : 1)) }
    }
    #expect(points.classes == [0, 1, 0, 1] && points.names == ["0", "1"])
  }

  @Test(arguments: [(Activation.linear, -0.5, 0.5), (.linear, 0.2, 0.3), (.sigmoid, -0.5, 0.5)])
  func `a single output is a logit or a value, as fits the data`(output: Activation, bias: Double, boundary: Double) throws {
    let network = try network([.input([2]), .dense(1, output)])
    network.parameters[0].parameter.value = try Tensor([1.0, 0], shape: [2, 1])
    network.parameters[1].parameter.value = try Tensor([bias])
    let chart = try #require(try decisionBoundary(network, data(Tensor([0, 1, 0, 1])), resolution: 50).chart)
    guard case .regions(let regions) = chart.marks[0] else {
      Issue.record("regions")
      return
    }
    let ones = (0..<50).filter { regions.classes[25, $0] == 1 }
    let first = regions.x.lowerBound + (regions.x.upperBound - regions.x.lowerBound) * Double(ones.first ?? 0) / 50
    #expect(abs(first - boundary) < 0.03)
  }

  @Test func `of a regression the prediction is drawn`() throws {
    let chart = try #require(
      try decisionBoundary(network([.input([2]), .dense(1)]), data(Tensor([0.5, 1, 2.5, 3])), resolution: 10).chart)
    guard case .cells(let cells) = chart.marks[0] else {
      Issue.record("cells")
      return
    }
    #expect(chart.title == "prediction" && cells.grid.rows == 10 && !cells.isTopDown)
  }

  @Test func `what is not of a plane is an error`() throws {
    let plane = try network([.input([2]), .dense(3)]), wide = try network([.input([4]), .dense(3)])
    let four = try Dataset(x: Tensor.zeros([3, 4]), y: Tensor([0, 1, 2]))
    #expect { try decisionBoundary(plane, four) } throws: {
      ($0 as? InsightError)?.message == "a decision boundary is drawn over 2 features, but the data has 4"
    }
    #expect { try decisionBoundary(wide, data(Tensor([0, 1, 0, 1]))) } throws: {
      ($0 as? InsightError)?.message == "a decision boundary is drawn over 2 features, but the network takes 4"
    }
    #expect { try confusionMatrix(plane, data(nil)) } throws: { ($0 as? InsightError)?.message == "the data has no targets" }
    #expect { try confusionMatrix(plane, data(Tensor([0.5, 1, 2, 3]))) } throws: {
      ($0 as? InsightError)?.message == "the targets are no class numbers"
    }
  }

  @Test func `a network is drawn through networks within it, with what has no weights below`() throws {
    let inner = try network([.dense(3, .tanh), .dense(2)])
    let double = Function("double") { x, _ in try x * 2 }
    let outer = try network([.input([4]), .dense(5, .relu), .dropout(0.1), .network(inner), .function(double), .dense(1)])
    #expect(drawing(of: outer) == nil)
    _ = try outer(Variable(Tensor.zeros([1, 4])))
    guard case .network(let drawing)? = drawing(of: outer) else {
      Issue.record("a drawing")
      return
    }
    #expect(drawing.columns.map(\.name) == ["input", "dense1", "network1.dense1", "network1.dense2", "dense2"])
    #expect(drawing.columns.map(\.count) == [4, 5, 3, 2, 1])
    #expect(drawing.columns[1].detail == "4 → 5, relu, dropout" && drawing.columns[3].detail == "3 → 2, double")
    #expect(drawing.columns[1].weights.count == 4 && drawing.columns[1].gradients.isEmpty)
  }

  @Test func `a histogram counts every finite number once`() throws {
    for values in [[1, 2, 2, 3, .nan, .infinity], [5, 5, 5], [-1.7e308, 0, 1.7e308], [0.1]] as [[Double]] {
      guard case .histogram(let edges, let counts, _) = try histogram(Tensor(values, dtype: .float64)) else {
        Issue.record("a histogram")
        continue
      }
      #expect(counts.reduce(0, +) == Double(values.count(where: \.isFinite)))
      #expect(edges.count == counts.count + 1 && edges == edges.sorted() && edges.allSatisfy(\.isFinite))
    }
  }

  @Test func `a run's loss is drawn by step and epoch, with its metrics beside it`() throws {
    var options = TrainingOptions(loss: .crossEntropy, optimizer: try Optimizer(.adam, ["lr": .number(0.01)]))
    options.epochs = 4
    options.batch = 16
    options.validation = .fraction(0.2)
    options.metrics = [.accuracy]
    let network = try network([.input([4]), .dense(8, .tanh), .dense(3)])
    let run = try network.train(on: BundledTable.iris.load(), options)
    guard case .grid(let figures, 2) = figure(of: run) else {
      Issue.record("two figures")
      return
    }
    let names = figures.compactMap(\.chart).map {
      $0.marks.compactMap { if case .line(let line) = $0 { line.name } else { nil } }
    }
    #expect(names == [["training loss", "validation loss"], ["accuracy", "accuracy in training"]])
    guard case .grid(let flows, 1) = try gradientFlow(run) else {
      Issue.record("two figures")
      return
    }
    #expect(flows.compactMap { $0.chart?.yAxis.names } == [["dense1", "dense2"], ["dense1", "dense2"]])
  }

  @Test(arguments: [([1.0, 2, 3], 0.0, [1.0, 2, 3]), ([1, 2, .nan, 4], 0.5, [1, 1.5, .nan, 2.75]), ([], 0.9, [])])
  func `a smoothed line begins at its first value`(values: [Double], share: Double, smooth: [Double]) {
    #expect(zip(smoothed(values, share), smooth).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN })
    #expect(smoothed(values, share).count == smooth.count)
  }
}
