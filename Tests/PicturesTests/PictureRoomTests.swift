import Testing

@testable import Pictures

@Suite struct PictureRoomTests {
  @Test(arguments: [
    // Letters of 17 pixels in cells as high: as large as it calls itself.
    ((400.0, 200.0), (80, 24), (8, 17), (400.0, 200.0), (50, 12)),
    // Cells twice as high.
    ((400, 200), (120, 40), (17, 34), (800, 400), (48, 12)),
    // Wider than the window, higher than the window.
    ((860, 200), (40, 24), (8, 17), (320, 74.4), (40, 5)),
    ((400, 800), (80, 10), (8, 17), (85, 170), (11, 10)),
  ])
  func `a picture's letters are as large as the terminal's where it fits`(
    size: (Double, Double), cells: (Int, Int), cell: (Int, Int), drawn: (Double, Double), taken: (Int, Int)
  ) {
    let room = PictureRoom(columns: cells.0, rows: cells.1, cellWidth: cell.0, cellHeight: cell.1)
    let place = room.place(for: Canvas.Size(width: size.0, height: size.1))
    #expect(abs(place.drawn.width - drawn.0) < 0.1 && abs(place.drawn.height - drawn.1) < 0.1)
    #expect((place.columns, place.rows) == taken)
  }

  @Test func `no picture is larger than the terminal shows`() {
    let room = PictureRoom(
      columns: 200, rows: 100, cellWidth: 10, cellHeight: 20, most: Canvas.Size(width: 305, height: 1000))
    let place = room.place(for: Canvas.Size(width: 600, height: 300))
    #expect(place.columns == 30 && place.drawn.width == 300)
  }
}
