import FoundationEssentials
import Tensors
import Testing

@testable import Gradients

/// What PyTorch made of one convolution or pooling; `Tests/Fixtures/make_window_fixtures.py` wrote it.
struct WindowCase: Decodable, CustomTestStringConvertible, Sendable {
  let kind: String
  let size: [Int]
  let settings: Settings
  let tensors: [String: Numbers]

  struct Settings: Decodable {
    let stride: [Int]?
    let padding: [Int]?
    let outputPadding: [Int]?
    let dilation: [Int]?
    let groups: Int?
  }

  struct Numbers: Decodable {
    let shape: [Int]
    let numbers: [Double]
  }

  var testDescription: String { "\(kind) \(size) \(settings)" }

  static let all: [WindowCase] = {
    let file = URL(filePath: #filePath).appending(path: "../../Fixtures/windows.json").standardized
    guard let data = try? Data(contentsOf: file), let cases = try? JSONDecoder().decode([WindowCase].self, from: data) else {
      return []
    }
    return cases
  }()

  func tensor(_ name: String, _ dtype: DType) throws -> Tensor {
    let found = try #require(tensors[name])
    return try Tensor(found.numbers, shape: Shape(found.shape), dtype: dtype)
  }

  func result(_ x: Variable, _ weight: Variable?) throws -> Variable {
    let (stride, padding) = (settings.stride ?? [1], settings.padding ?? [0])
    let (dilation, groups) = (settings.dilation ?? [1], settings.groups ?? 1)
    switch kind {
    case "max": return try x.maxPool(size: size, stride: stride, padding: padding)
    case "average": return try x.averagePool(size: size, stride: stride, padding: padding)
    case "transpose":
      return try x.convolutionTranspose(
        #require(weight), stride: stride, padding: padding, outputPadding: settings.outputPadding ?? [0], dilation: dilation,
        groups: groups)
    default:
      return try x.convolution(#require(weight), stride: stride, padding: padding, dilation: dilation, groups: groups)
    }
  }
}

@Suite struct WindowTests {
  @Test func `the fixture has all its cases`() {
    #expect(WindowCase.all.count == 17)
  }

  @Test(arguments: WindowCase.all, [DType.float64, .float32])
  func `results and gradients are PyTorch's`(_ example: WindowCase, dtype: DType) throws {
    let x = Variable.argument(try example.tensor("x", dtype))
    let weight = example.tensors["weight"] == nil ? nil : Variable.argument(try example.tensor("weight", dtype))
    let result = try example.result(x, weight)
    let loss = try result.multiply(Variable(example.tensor("upstream", dtype))).sum()
    let arguments = [x] + (weight.map { [$0] } ?? [])
    let gradients = try gradients(of: loss, in: arguments).map { try #require($0) }
    let tolerance = dtype == .float64 ? 1e-9 : 1e-4
    for (found, name) in zip([result] + gradients, ["result", "xGradient", "weightGradient"]) {
      let expected = try example.tensor(name, .float64)
      #expect(found.shape == expected.shape)
      #expect(found.dtype == dtype)
      let distance = zip(found.value.doubles, expected.doubles).map { abs($0 - $1) }.max() ?? 0
      #expect(distance < tolerance)
    }
  }

  @Test func `the gradient of pooling in its gradient goes to the first largest entry`() throws {
    let x = Variable.argument(try Tensor([1, 3, 3, Double.nan], shape: [1, 1, 4], dtype: .float64))
    let pooled = try x.maxPool(size: [2], stride: [1])
    #expect(pooled.value.doubles[..<2] == [3, 3])
    #expect(pooled.value.doubles[2].isNaN)
    let weights = try Tensor([1.0, 10, 100], shape: [1, 1, 3], dtype: .float64)
    let loss = try pooled.multiply(Variable(weights)).sum()
    let gradient = try #require(try gradients(of: loss, in: [x])[0])
    #expect(gradient.value.doubles == [0, 11, 0, 100])
  }

  @Test func `no images and no places are allowed, as no rows are`() throws {
    let weight = Variable.argument(try Tensor.ones([2, 1, 2, 2], dtype: .float64))
    let none = try Variable(Tensor.zeros([0, 1, 4, 4], dtype: .float64)).convolution(weight)
    #expect(none.shape == [0, 2, 3, 3])
    #expect(try #require(gradients(of: none.sum(), in: [weight])[0]).value.doubles == Array(repeating: 0, count: 8))
  }

  static let faults: [(Shape, Shape, TensorError.Kind)] = [
    ([1, 2, 3], [1, 2, 4], .windowTooLarge(operation: "convolution", window: [4], images: [3], padding: [0])),
    ([1, 3, 3], [1, 2, 2], .channelsDiffer(operation: "convolution", images: [1, 3, 3], weight: [1, 2, 2], groups: 1)),
    (
      [3, 3], [1, 2, 2],
      .wrongRank(operation: "convolution", shape: [3, 3], expected: "[batch, channels, length]")
    ),
    (
      [1, 3, 3], [2, 2],
      .wrongRank(operation: "convolution", shape: [2, 2], expected: "weights [filters, channels/groups, ...size]")
    ),
    (
      [1, 3, 3], [2, 3, 0],
      .badArgument(operation: "convolution", argument: "size", value: "[0]", rule: "must be a whole number from 1 up")
    ),
  ]

  @Test(arguments: faults)
  func `images and weights that do not fit are told`(images: Shape, weight: Shape, kind: TensorError.Kind) throws {
    #expect(throws: TensorError(kind)) {
      try Variable(Tensor.ones(images)).convolution(Variable(Tensor.ones(weight)))
    }
  }

  @Test func `settings that no window has are told`() throws {
    let images = try Variable(Tensor.ones([1, 2, 4, 4]))
    let weight = try Variable(Tensor.ones([3, 1, 2, 2]))
    func fault(_ argument: String, _ value: String, _ rule: String, _ operation: String = "convolution") -> TensorError {
      TensorError(.badArgument(operation: operation, argument: argument, value: value, rule: rule))
    }
    #expect(throws: fault("stride", "[0, 1]", "must be 2 whole numbers from 1 up")) {
      try images.convolution(weight, stride: [0, 1])
    }
    #expect(throws: fault("groups", "2", "must divide the 3 filters")) { try images.convolution(weight, groups: 2) }
    #expect(throws: fault("groups", "[0]", "must be a whole number from 1 up")) { try images.convolution(weight, groups: 0) }
    #expect(throws: fault("padding", "[2, 0]", "must be at most half of the window [3, 3]", "max_pool")) {
      try images.maxPool(size: [3, 3], padding: [2, 0])
    }
    #expect(throws: fault("output_padding", "[1, 1]", "must be smaller than the stride or the dilation", "convolution_transpose"))
    {
      try images.convolutionTranspose(Variable(Tensor.ones([2, 1, 2, 2])), outputPadding: [1])
    }
    #expect(throws: fault("padding", "[5, 5]", "must leave something of the result", "convolution_transpose")) {
      try images.convolutionTranspose(Variable(Tensor.ones([2, 1, 2, 2])), padding: [5])
    }
  }

  @Test func `a convolution costs one multiply-add for each weight and place`() {
    let settings = Operation.convolution.examples[0].attributes
    #expect(Operation.convolution.cost([[2, 2, 5], [3, 2, 2]], [2, 3, 4], settings) == 2 * 3 * 4 * 2 * 2)
    #expect(Operation.convolutionInput.cost([[2, 3, 4], [3, 2, 2]], [2, 2, 5], settings) == 96)
    #expect(Operation.convolutionWeight.cost([[2, 2, 5], [2, 3, 4]], [3, 2, 2], settings) == 96)
  }
}
