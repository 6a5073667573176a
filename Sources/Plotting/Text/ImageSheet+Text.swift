extension ImageSheet {
  /// Two rows of pixels in each line of text.
  func text(_ style: TextFigureStyle) -> String {
    let wide = images.map(\.columns).max() ?? 1
    let pixel = style.isUnicode && style.hasColor ? 1 : wide <= 12 ? 2 : 1
    let fitting = max(1, min(columns, (style.width + 1) / (min(wide, style.width / pixel) * pixel + 1)))
    var lines = title.map { [spelled($0, to: style.width, style)] } ?? []
    if images.isEmpty { lines.append("nothing to show") }
    for start in stride(from: 0, to: images.count, by: fitting) {
      let row = start..<min(start + fitting, images.count)
      let blocks = row.map { block(images[$0].shrunk(toRows: 40, columns: style.width / pixel), style, pixel) }
      let height = blocks.map(\.count).max() ?? 0
      for line in 0..<height {
        lines.append(
          blocks.map { line < $0.count ? $0[line] : String(repeating: " ", count: wide * pixel) }.joined(separator: " ")
            .trimmedRight)
      }
      if !labels.isEmpty {
        let names = row.map { spelled(labels.indices.contains($0) ? labels[$0] : "", to: wide * pixel, style) }
        lines.append(names.map { $0.padded(to: wide * pixel) }.joined(separator: " ").trimmedRight)
      }
      if row.upperBound < images.count { lines.append("") }
    }
    return lines.joined(separator: "\n")
  }

  private func block(_ image: Grid, _ style: TextFigureStyle, _ pixel: Int) -> [String] {
    guard let range = image.range else { return [] }
    let ends = ColorMap.grey.ends(of: range)
    func share(_ row: Int, _ column: Int) -> Double {
      row < image.rows ? (image[row, column] - ends.lowerBound) / (ends.upperBound - ends.lowerBound) : 0
    }
    let shades = Array(style.isUnicode ? " ░▒▓█" : " .:-=+*#%@")
    guard style.hasColor, style.isUnicode else {
      return (0..<image.rows).map { row in
        (0..<image.columns).map { column in
          let shade = shades[min(shades.count - 1, max(0, Int(share(row, column) * Double(shades.count))))]
          return String(repeating: shade, count: pixel)
        }.joined()
      }
    }
    return stride(from: 0, to: image.rows, by: 2).map { row in
      (0..<image.columns).map { column in
        ColorMap.grey.color(share(row, column)).foreground() + ColorMap.grey.color(share(row + 1, column)).background() + "▀"
      }.joined() + "\u{1B}[0m"
    }
  }
}
