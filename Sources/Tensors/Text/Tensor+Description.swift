extension Tensor: CustomStringConvertible {
  /// Nested lists with aligned columns; the first and last three of each dimension beyond 1,000 elements.
  ///
  /// A scalar is written as the shortest decimal that gives it back in its own type.
  public var description: String {
    rank == 0 ? shortestText(at: 0) : TensorText(self).text
  }
}

/// The layout of a tensor's text.
private struct TensorText {
  private static let lineWidth = 80
  private static let elementLimit = 1_000
  private static let edge = 3

  private let tensor: Tensor
  private let strides: [Int]
  private let isShortened: Bool
  private var words: [Int: String] = [:]
  private var width = 0

  init(_ tensor: Tensor) {
    self.tensor = tensor
    strides = tensor.shape.strides
    isShortened = tensor.count > TensorText.elementLimit
    let places = tensor.count == 0 ? [] : shownPlaces(from: 0, axis: 0)
    let format = NumberFormat(tensor.dtype, places.map { tensor.double(at: $0) })
    for place in places {
      let word = format == .whole ? tensor.shortestText(at: place) : format.text(tensor.double(at: place))
      words[place] = word
      width = max(width, word.count)
    }
  }

  var text: String { list(from: 0, axis: 0) }

  /// The indices shown along a dimension; nil stands for those left out.
  private func shown(_ axis: Int) -> [Int?] {
    let size = tensor.shape[axis]
    guard isShortened, size > 2 * TensorText.edge else { return Array(0..<size) }
    return Array(0..<TensorText.edge) + [nil] + Array(size - TensorText.edge..<size)
  }

  private func shownPlaces(from place: Int, axis: Int) -> [Int] {
    if axis == tensor.rank { return [place] }
    return shown(axis).flatMap { index in
      index.map { shownPlaces(from: place + $0 * strides[axis], axis: axis + 1) } ?? []
    }
  }

  private func list(from place: Int, axis: Int) -> String {
    if axis == tensor.rank - 1 { return row(from: place, indent: axis + 1) }
    // As in NumPy, a blank line parts matrices, two part stacks of matrices.
    let gap = "," + String(repeating: "\n", count: tensor.rank - axis - 1) + String(repeating: " ", count: axis + 1)
    let parts = shown(axis).map { index in
      index.map { list(from: place + $0 * strides[axis], axis: axis + 1) } ?? "..."
    }
    return "[" + parts.joined(separator: gap) + "]"
  }

  private func row(from place: Int, indent: Int) -> String {
    let axis = tensor.rank - 1
    var text = "["
    var column = indent
    for (i, index) in shown(axis).enumerated() {
      let word = index.map { padded(words[place + $0 * strides[axis]] ?? "") } ?? "..."
      if i > 0 {
        text += ","
        // Room for a comma or bracket after the word.
        if column + 2 + word.count + 1 > TensorText.lineWidth {
          text += "\n" + String(repeating: " ", count: indent)
          column = indent
        } else {
          text += " "
          column += 2
        }
      }
      text += word
      column += word.count
    }
    return text + "]"
  }

  private func padded(_ word: String) -> String {
    String(repeating: " ", count: max(width - word.count, 0)) + word
  }
}
