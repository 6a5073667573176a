import Diagnostics
import Execution
import Plotting

/// The keywords that every chart takes.
struct FigureSettings {
  private var title: String?
  private var xLabel: String?
  private var yLabel: String?
  private var legend: Chart.Legend?
  private var logarithmic = ""
  private(set) var smooth: Double?
  private var xLimits: ClosedRange<Double>?
  private var yLimits: ClosedRange<Double>?
  private var width: Double?
  private var height: Double?
  /// What is no setting: lines by name.
  private(set) var named: [(name: String, value: Value)] = []

  private static let names = [
    "title", "xlabel", "ylabel", "legend", "log", "smooth", "xlim", "ylim", "width", "height",
  ]

  static let help = "Keywords: title= xlabel= ylabel= legend= log=\"x\", \"y\" or \"xy\" xlim= ylim= width= height=."

  /// Reads what `**settings` took.
  init(_ call: Call, place: Int, in workspace: Workspace) throws(RuntimeError) {
    for (name, value) in call.keywords(place) {
      switch name {
      case "title": title = try value.text()
      case "xlabel": xLabel = try value.text()
      case "ylabel": yLabel = try value.text()
      case "legend": legend = try call.machine.truth(of: value) ? .shown : .hidden
      case "log": logarithmic = try Self.axes(value)
      case "smooth": smooth = try Self.share(value)
      case "xlim": xLimits = try workspace.limits(value, name)
      case "ylim": yLimits = try workspace.limits(value, name)
      case "width": width = try Self.size(value, name)
      case "height": height = try Self.size(value, name)
      default:
        guard call.function.name == "plot", value.mayBeSeries else {
          throw RuntimeError(
            .typeError, "\(call.function.name) has no argument \(name)",
            help: nearest(to: name, among: Self.names).map { "did you mean \($0)?" } ?? Self.help)
        }
        named.append((name, value))
      }
    }
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

  private static func axes(_ value: Value) throws(RuntimeError) -> String {
    if case .string(let text) = value, ["x", "y", "xy"].contains(text.text) { return text.text }
    throw RuntimeError(.valueError, "log is \"x\", \"y\" or \"xy\", not \(try value.representation())")
  }

  private static func share(_ value: Value) throws(RuntimeError) -> Double {
    switch value {
    case .float(let share) where share >= 0 && share < 1: return share
    case .int(0): return 0
    default: break
    }
    throw RuntimeError(.valueError, "smooth is a number from 0 to below 1, not \(try value.representation())")
  }

  private static func size(_ value: Value, _ name: String) throws(RuntimeError) -> Double {
    switch value {
    case .int(let size) where (60...4000).contains(size): return Double(size)
    case .float(let size) where (60...4000).contains(size): return size
    default:
      throw RuntimeError(.valueError, "\(name) is a number of pixels from 60 to 4000, not \(try value.representation())")
    }
  }
}

extension Value {
  /// Whether it can be a row of numbers; what cannot was meant as a setting.
  fileprivate var mayBeSeries: Bool {
    switch self {
    case .list, .tuple, .range: true
    case .foreign(let object): object is TensorObject
    default: false
    }
  }
}
