import Checking
import Execution
import Plotting

/// The keywords that every chart takes.
struct FigureSettings {
  private var title: String?
  private var xLabel: String?
  private var yLabel: String?
  private var legend: Chart.Legend?
  private var logarithmic = ""
  private var xLimits: ClosedRange<Double>?
  private var yLimits: ClosedRange<Double>?
  private var width: Double?
  private var height: Double?
  /// The parameters, which stand behind a builtin's own.
  static let parameters: [Checking.Parameter] = [
    .named("title", "None", .text), .named("xlabel", "None", .text), .named("ylabel", "None", .text),
    .named("legend", "None", .flag), .named("log", "None", .text(oneOf: ["x", "y", "xy"])), .named("xlim", "None", .limits),
    .named("ylim", "None", .limits), .named("width", "None", .pixels), .named("height", "None", .pixels),
  ]

  static let help = "legend=False leaves the names of lines out; width= and height= are in pixels."

  /// Those of them that a builtin has not itself.
  static func parameters(without own: Set<String>) -> [Checking.Parameter] { parameters.filter { !own.contains($0.name) } }

  /// Reads the arguments of the parameters, wherever they stand.
  init(_ call: Call, in workspace: Workspace) throws(RuntimeError) {
    func place(_ name: String) -> Int? {
      call.function.signature.parameters.firstIndex { $0.name == name }.flatMap { call.has($0) ? $0 : nil }
    }
    if let place = place("title") { title = try call.string(place) }
    if let place = place("xlabel") { xLabel = try call.string(place) }
    if let place = place("ylabel") { yLabel = try call.string(place) }
    if let place = place("legend") { legend = try call.truth(place, default: true) ? .shown : .hidden }
    if let place = place("log") { logarithmic = try call.string(place) }
    if let place = place("xlim") { xLimits = try call.limits(place, in: workspace) }
    if let place = place("ylim") { yLimits = try call.limits(place, in: workspace) }
    if let place = place("width") { width = try call.float(place) }
    if let place = place("height") { height = try call.float(place) }
    for (axis, limits) in [("x", xLimits), ("y", yLimits)] where logarithmic.contains(axis) {
      guard let limits, limits.lowerBound <= 0 else { continue }
      throw RuntimeError(
        .valueError, "a logarithmic axis shows numbers above 0 only, but \(axis)lim begins at \(limits.lowerBound)",
        help: "\(axis)lim=(0.001, \(limits.upperBound))")
    }
  }

  func apply(to chart: Chart) -> Chart {
    var chart = chart
    chart.title = title ?? chart.title
    chart.xAxis.label = xLabel ?? chart.xAxis.label
    chart.yAxis.label = yLabel ?? chart.yAxis.label
    chart.legend = legend ?? chart.legend
    if logarithmic.contains("x") { chart.xAxis.kind = .logarithmic }
    if logarithmic.contains("y") { chart.yAxis.kind = .logarithmic }
    chart.xAxis.limits = xLimits ?? chart.xAxis.limits
    chart.yAxis.limits = yLimits ?? chart.yAxis.limits
    chart.width = width ?? chart.width
    chart.height = height ?? chart.height
    return chart
  }
}

extension Value {
  /// Whether it can be a row of numbers; what cannot was meant as a setting.
  var mayBeSeries: Bool {
    switch self {
    case .list, .tuple, .range: true
    case .foreign(let object): object is TensorObject
    default: false
    }
  }
}
