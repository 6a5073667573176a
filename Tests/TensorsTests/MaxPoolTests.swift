import Testing

@testable import Tensors

/// Max pooling against a loop over each window, in rows wide enough for whole vectors.
@Suite struct MaxPoolTests {
  @Test(arguments: [1, 2, 3, 5], [1, 2, 3, 4])
  func `the largest entry is found in every window`(size: Int, stride: Int) throws {
    for padding in 0...size / 2 {
      for width in [5, 16, 17, 40, 67] {
        for dtype in [DType.float32, .float64] { try compare(size, stride, padding, width, dtype) }
      }
    }
  }

  private func compare(_ size: Int, _ stride: Int, _ padding: Int, _ width: Int, _ dtype: DType) throws {
    let height = 5
    // Many are equal, and some are nan or infinite.
    let values = (0..<3 * height * width).map { i -> Double in
      let draw = (i * 7919 + i * i * 31) % 23
      return draw == 0 ? .nan : draw == 1 ? -.infinity : Double(draw % 5) - 7
    }
    let images = try Tensor(values, shape: [1, 3, height, width], dtype: dtype)
    let window = try Window("max_pool", size: [size, size], stride: [stride, stride], padding: [padding, padding])
    let places = try images.maxPoolPlaces(window)
    let (rows, columns) = (places.shape[2], places.shape[3])
    let expected = (0..<3 * rows * columns).map { at -> Int in
      let (plane, y, x) = (at / (rows * columns), at / columns % rows, at % columns)
      var best: Int?
      for i in y * stride - padding..<y * stride - padding + size where 0..<height ~= i {
        for j in x * stride - padding..<x * stride - padding + size where 0..<width ~= j {
          let value = values[(plane * height + i) * width + j]
          guard let found = best.map({ values[plane * height * width + $0] }) else {
            best = i * width + j
            continue
          }
          if value > found || (value.isNaN && !found.isNaN) { best = i * width + j }
        }
      }
      return best ?? -1
    }
    let found = places.withElements(Int.self) { Array($0) }
    #expect(found == expected, "padding \(padding), \(width) wide, \(dtype)")
  }
}
