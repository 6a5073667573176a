/// The room for a picture on a terminal, in cells, and how large its cells are in pixels.
public struct PictureRoom: Equatable, Sendable {
  var columns: Int
  var rows: Int
  var cellWidth: Int
  var cellHeight: Int
  /// The pixels that the terminal shows at most.
  var most: Canvas.Size

  public init(columns: Int, rows: Int, cellWidth: Int, cellHeight: Int, most: Canvas.Size? = nil) {
    self.columns = max(1, columns)
    self.rows = max(1, rows)
    self.cellWidth = max(1, cellWidth)
    self.cellHeight = max(1, cellHeight)
    self.most = most ?? Canvas.Size(width: Double(Canvas.most), height: Double(Canvas.most))
  }

  /// A line of a figure's letters, in its own pixels: these become as high as the terminal's.
  private static let lineOfText = 17.0

  /// What a picture takes: its pixels, and the whole cells around them.
  public struct Place: Equatable, Sendable {
    public var drawn: Canvas.Size
    public var columns: Int
    public var rows: Int
  }

  /// Where a picture goes: its letters as large as the terminal's, and smaller where it would not fit.
  public func place(for size: Canvas.Size) -> Place {
    // Whole cells alone, so that nothing is stretched.
    let columns = min(columns, Int(most.width) / cellWidth)
    let rows = min(rows, Int(most.height) / cellHeight)
    let room = Canvas.Size(width: Double(max(1, columns) * cellWidth), height: Double(max(1, rows) * cellHeight))
    let scale = min(Double(cellHeight) / Self.lineOfText, room.width / size.width, room.height / size.height)
    let drawn = Canvas.Size(width: size.width * scale, height: size.height * scale)
    func cells(_ pixels: Double, _ cell: Int, _ most: Int) -> Int {
      min(max(1, most), max(1, Int((pixels / Double(cell) - 1e-9).rounded(.up))))
    }
    return Place(
      drawn: drawn, columns: cells(drawn.width, cellWidth, columns), rows: cells(drawn.height, cellHeight, rows))
  }
}
