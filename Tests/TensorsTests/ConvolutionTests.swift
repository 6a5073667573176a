import Testing

@testable import Tensors

@Suite struct ConvolutionTests {
  private static let images = 19

  private func numbers(_ shape: Shape, _ seed: UInt64, _ dtype: DType) throws -> Tensor {
    var stream = RandomStream(seed: seed)
    return try stream.normal(shape, dtype: dtype)
  }

  // Enough work for many blocks, the last of which is smaller.
  @Test(arguments: [DType.float32, .float64])
  func `a batch in blocks gives what its images give one by one`(dtype: DType) throws {
    let count = ConvolutionTests.images
    let window = try Window("convolution", size: [3, 3], stride: [1, 1], padding: [1, 1])
    let x = try numbers([count, 4, 12, 11], 1, dtype)
    let weight = try numbers([8, 4, 3, 3], 2, dtype)
    let gradient = try numbers([count, 8, 12, 11], 3, dtype)
    let result = try x.convolution(weight, window)
    let inInput = try gradient.convolutionInput(weight, window, images: x.shape)
    let inWeight = try x.convolutionWeight(gradient, window)
    var sums = [Double](repeating: 0, count: weight.count)
    for image in 0..<count {
      let at = [Index.slice(start: image, stop: image + 1, step: 1)]
      let (one, upstream) = (try x.subscripted(at), try gradient.subscripted(at))
      #expect(try one.convolution(weight, window).doubles == result.subscripted(at).doubles)
      #expect(try upstream.convolutionInput(weight, window, images: one.shape).doubles == inInput.subscripted(at).doubles)
      for (i, term) in try one.convolutionWeight(upstream, window).doubles.enumerated() { sums[i] += term }
    }
    let difference = zip(sums, inWeight.doubles).map { abs($0 - $1) }.max() ?? 0
    #expect(difference < (dtype == .float32 ? 1e-3 : 1e-11))
  }

  // Sizes that end within a tile, and one for which no tiles are used.
  @Test(arguments: [(16, 32, 26, 26, 0), (32, 16, 13, 11, 2), (16, 16, 5, 7, 1), (48, 16, 4, 30, 1), (16, 24, 9, 9, 1)])
  func `float32 agrees with float64, in tiles too`(channels: Int, filters: Int, height: Int, width: Int, padding: Int) throws {
    let window = try Window("convolution", size: [3, 3], stride: [1, 1], padding: [padding, padding])
    let x = try numbers([3, channels, height, width], 1, .float64)
    let weight = try numbers([filters, channels, 3, 3], 2, .float64)
    let result = try x.convolution(weight, window)
    let gradient = try numbers(result.shape, 3, .float64)
    func single(_ x: Tensor) throws -> Tensor { try x.cast(to: .float32) }
    func expectNear(_ a: Tensor, _ b: Tensor) {
      let largest = b.doubles.map(abs).max() ?? 0
      let difference = zip(a.doubles, b.doubles).map { abs($0 - $1) }.max() ?? .infinity
      #expect(a.dtype == .float32 && difference < 2e-5 * largest)
    }
    expectNear(try single(x).convolution(single(weight), window), result)
    expectNear(
      try single(gradient).convolutionInput(single(weight), window, images: x.shape),
      try gradient.convolutionInput(weight, window, images: x.shape))
    expectNear(try single(x).convolutionWeight(single(gradient), window), try x.convolutionWeight(gradient, window))
  }
}
