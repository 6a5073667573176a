/// A curve in one line of text.
///
/// - Parameter width: in columns; more values than that are averaged.
public func sparkline(_ values: [Double], width: Int, isUnicode: Bool = true) -> String {
  let finite = values.filter(\.isFinite)
  guard let low = finite.min(), let high = finite.max(), width > 0 else { return "" }
  let blocks = Array(isUnicode ? "▁▂▃▄▅▆▇█" : "_.-=^")
  let count = min(width, values.count)
  return String(
    (0..<count).map { i -> Character in
      let slice = values[(i * values.count / count)..<max(i * values.count / count + 1, (i + 1) * values.count / count)]
      let known = slice.filter(\.isFinite)
      guard !known.isEmpty else { return " " }
      let mean = known.reduce(0, +) / Double(known.count)
      let share = high > low ? (mean - low) / (high - low) : 0.5
      return blocks[min(blocks.count - 1, Int(share * Double(blocks.count)))]
    })
}
