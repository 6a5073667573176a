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

  /// Reads the arguments of the parameters, the first of which stands at a place.
  init(_ call: Call, from place: Int, in workspace: Workspace) throws(RuntimeError) {
    title = call.has(place) ? try call.string(place) : nil
    xLabel = call.has(place + 1) ? try call.string(place + 1) : nil
    yLabel = call.has(place + 2) ? try call.string(place + 2) : nil
    legend = call.has(place + 3) ? try call.truth(place + 3, default: true) ? .shown : .hidden : nil
    logarithmic = try call.string(place + 4, default: "")
    xLimits = call.has(place + 5) ? try call.limits(place + 5, in: workspace) : nil
    yLimits = call.has(place + 6) ? try call.limits(place + 6, in: workspace) : nil
    width = call.has(place + 7) ? try call.float(place + 7) : nil
    height = call.has(place + 8) ? try call.float(place + 8) : nil
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
