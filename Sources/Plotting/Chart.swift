/// Marks between two axes.
public struct Chart: Equatable, Sendable {
  public var title: String?
  public var xAxis = Axis()
  public var yAxis = Axis()
  public var marks: [Mark]
  public var legend = Legend.automatic
  /// Of the SVG, in pixels.
  public var width = 560.0
  public var height = 340.0

  public init(_ marks: [Mark], title: String? = nil, xLabel: String? = nil, yLabel: String? = nil) {
    self.marks = marks
    self.title = title
    xAxis.label = xLabel
    yAxis.label = yLabel
  }

  public enum Legend: Equatable, Sendable {
    /// Shown when there is more than one name to tell apart.
    case automatic
    case shown
    case hidden
  }
}

/// How one direction of a chart is measured.
public struct Axis: Equatable, Sendable {
  public var label: String?
  public var kind = ScaleKind.linear
  /// What is shown; nil: all of the data.
  public var limits: ClosedRange<Double>?
  /// Names that stand at 0, 1, 2, … in place of numbers.
  public var names: [String] = []
  /// Whether what is measured comes in whole numbers: steps, epochs, counts.
  public var isWhole = false

  public init() {}
}

public enum ScaleKind: Equatable, Sendable {
  case linear
  /// Of base 10; values that are not above 0 are left out.
  case logarithmic
}

/// One thing drawn in a chart.
public enum Mark: Equatable, Sendable {
  /// A line through points; it breaks where a number is not finite.
  case line(Series)
  case points(Points)
  /// Bars from zero, at 0, 1, 2, … of the x axis.
  case bars([Double])
  /// Bars between edges, of which there is one more than of counts.
  case histogram(edges: [Double], counts: [Double], name: String?)
  /// Colours by value.
  case cells(Cells)
  /// Areas by class, as a classifier divides a plane.
  case regions(Regions)
  /// Lines of equal height.
  case contours(Cells, levels: [Double])
  case horizontalRule(Double, label: String?)
  case verticalRule(Double, label: String?)
}

public struct Series: Equatable, Sendable {
  public var x: [Double]
  public var y: [Double]
  public var name: String?
  /// Thin and pale: what lies behind a smoothed line.
  public var isFaint: Bool
  /// The colour of another series of the chart, by its number.
  public var colorIndex: Int?

  public init(x: [Double], y: [Double], name: String? = nil, isFaint: Bool = false, colorIndex: Int? = nil) {
    let count = min(x.count, y.count)
    self.x = Array(x.prefix(count))
    self.y = Array(y.prefix(count))
    self.name = name
    self.isFaint = isFaint
    self.colorIndex = colorIndex
  }

  /// Values at 0, 1, 2, …
  public init(_ y: [Double], name: String? = nil) {
    self.init(x: y.indices.map(Double.init), y: y, name: name)
  }
}

public struct Points: Equatable, Sendable {
  public var x: [Double]
  public var y: [Double]
  /// A class number for each point; empty: all are alike.
  public var classes: [Int]
  /// The names of the classes; also the name of the points where they are alike.
  public var names: [String]

  public init(x: [Double], y: [Double], classes: [Int] = [], names: [String] = []) {
    let count = min(x.count, y.count)
    self.x = Array(x.prefix(count))
    self.y = Array(y.prefix(count))
    self.classes = classes.count >= count ? Array(classes.prefix(count)) : []
    self.names = names
  }
}

/// A grid of values over a part of the plane, or with names for its rows and columns.
public struct Cells: Equatable, Sendable {
  public var grid: Grid
  /// What the grid covers; nil: cell i goes from i − ½ to i + ½.
  public var x: ClosedRange<Double>?
  public var y: ClosedRange<Double>?
  public var colors: ColorMap
  /// What the colours measure.
  public var label: String?
  /// Whether the first row stands at the top, as in a matrix.
  public var isTopDown: Bool
  /// Whether each cell says its value.
  public var showsValues: Bool

  public init(
    _ grid: Grid, x: ClosedRange<Double>? = nil, y: ClosedRange<Double>? = nil, colors: ColorMap = .sequential,
    label: String? = nil, isTopDown: Bool = true, showsValues: Bool = false
  ) {
    self.grid = grid
    self.x = x
    self.y = y
    self.colors = colors
    self.label = label
    self.isTopDown = isTopDown
    self.showsValues = showsValues
  }

  var xRange: ClosedRange<Double> { x ?? -0.5...max(0.5, Double(grid.columns) - 0.5) }
  var yRange: ClosedRange<Double> { y ?? -0.5...max(0.5, Double(grid.rows) - 0.5) }
}

/// The class that wins at each place of a grid, and how clearly.
public struct Regions: Equatable, Sendable {
  /// Class numbers; the first row is the lowest.
  public var classes: Grid
  public var x: ClosedRange<Double>
  public var y: ClosedRange<Double>

  public init(_ classes: Grid, x: ClosedRange<Double>, y: ClosedRange<Double>) {
    self.classes = classes
    self.x = x
    self.y = y
  }
}

/// Rows of numbers.
public struct Grid: Equatable, Sendable {
  public let rows: Int
  public let columns: Int
  public private(set) var values: [Double]

  /// - Parameter values: row by row; what is missing is not a number.
  public init(rows: Int, columns: Int, values: [Double]) {
    self.rows = max(0, rows)
    self.columns = max(0, columns)
    let count = self.rows * self.columns
    self.values = Array(values.prefix(count)) + Array(repeating: .nan, count: max(0, count - values.count))
  }

  public subscript(row: Int, column: Int) -> Double { values[row * columns + column] }

  /// The smallest and largest finite value.
  var range: ClosedRange<Double>? {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return nil }
    return low...high
  }

  /// At most so many rows and columns, each the mean of those that it stands for.
  func shrunk(toRows most: Int, columns wide: Int) -> Grid {
    guard rows > most || columns > wide else { return self }
    let (height, width) = (min(rows, max(1, most)), min(columns, max(1, wide)))
    var result: [Double] = []
    for i in 0..<height {
      for j in 0..<width {
        var (sum, count) = (0.0, 0.0)
        for row in (i * rows / height)..<max(i * rows / height + 1, (i + 1) * rows / height) {
          for column in (j * columns / width)..<max(j * columns / width + 1, (j + 1) * columns / width) {
            let value = self[row, column]
            if value.isFinite { (sum, count) = (sum + value, count + 1) }
          }
        }
        result.append(count > 0 ? sum / count : .nan)
      }
    }
    return Grid(rows: height, columns: width, values: result)
  }
}
