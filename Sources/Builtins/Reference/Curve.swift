import Gradients
import Learning
import Plotting
import Synchronization
import Tensors

/// A function of one number beside its derivative, as the engine differentiates it: what help draws of activations and losses.
enum Curve {
  /// The picture of a builtin, where it is a function that can be drawn.
  static func figure(of name: String) -> Figure? {
    if let known = drawn.withLock({ $0[name] }) { return known }
    let figure = draw(name)
    drawn.withLock { $0[name] = .some(figure) }
    return figure
  }

  /// Each is drawn once for the process.
  private static let drawn = Mutex<[String: Figure?]>([:])

  private static let steps = 80

  private static func draw(_ name: String) -> Figure? {
    if let kind = LossKind.named(name) {
      guard let loss = try? Loss(kind) else { return nil }
      let portrait = kind.portrait
      return figure(name, of: portrait.axis, over: portrait.range) { z in
        try loss(portrait.prediction(z), portrait.expected())
      }
    }
    guard let operation = Operation.named(name), operation.isElementwise, operation.arity == .exactly(1),
      let function = function(name)
    else { return nil }
    return figure(name, of: "z", over: -4...4, function)
  }

  private typealias Body = (Variable) throws -> Variable

  private static func function(_ name: String) -> Body? {
    guard let activation = Activation.named(name) else { return nil }
    return { z in try activation.apply(z) }
  }

  private static func figure(_ name: String, of axis: String, over range: ClosedRange<Double>, _ body: Body) -> Figure? {
    var (x, y, slope): ([Double], [Double], [Double]) = ([], [], [])
    for step in 0...steps {
      let place = range.lowerBound + (range.upperBound - range.lowerBound) * Double(step) / Double(steps)
      guard let tensor = try? Tensor(place, dtype: .float64) else { return nil }
      let z = Parameter(tensor, name: "z")
      guard let value = try? body(z.variable), let height = try? value.sum().value.item() else { return nil }
      x.append(place)
      y.append(height)
      let rise = (try? gradients(of: value.sum(), in: [z.variable]))?.first.flatMap { $0 }
      // What does not depend on z is flat.
      slope.append(rise.flatMap { try? $0.value.item() } ?? 0)
    }
    var chart = Chart(
      [.line(Series(x: x, y: y, name: name)), .line(Series(x: x, y: slope, name: "derivative"))],
      title: "\(name) and its derivative",
      xLabel: axis)
    chart.width = 380
    chart.height = 220
    return .chart(chart)
  }
}
