import Gradients
import Tensors
import Testing

@testable import Learning

@Suite struct LossTests {
  private func loss(_ loss: Loss, _ prediction: Tensor, _ target: Tensor) throws(LearningError) -> Double {
    let value = try loss(Variable(prediction), target)
    return try operations { () throws(TensorError) in try value.value.item() }
  }

  private func expect(_ message: String, from body: () throws -> Double, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(sourceLocation: sourceLocation) {
      try body()
    } throws: {
      ($0 as? LearningError)?.message == message
    }
  }

  @Test func `a column and a vector are matched row by row`() throws {
    let column = try Tensor([1.0, 2, 3], shape: [3, 1])
    let vector = try Tensor([1.0, 2, 5])
    for (prediction, target) in [(column, vector), (vector, column)] {
      #expect(abs(try loss(.mse, prediction, target) - 4.0 / 3) < 1e-6)
    }
  }

  @Test func `shapes that would only match by broadcasting are an error`() throws {
    let row = try Tensor([1.0, 2, 3], shape: [1, 3])
    let vector = try Tensor([1.0, 2, 3])
    let matrix = try Tensor([1.0, 2, 3, 4, 5, 6], shape: [2, 3])
    expect("mse cannot pair predictions [1, 3] with targets [3]") { try loss(.mse, row, vector) }
    expect("mse cannot pair predictions [2, 3] with targets [3]") { try loss(.mse, matrix, vector) }
    expect("binary_cross_entropy cannot pair predictions [2, 3] with targets [1, 3]") {
      try loss(.binaryCrossEntropy, matrix, row)
    }
    expect("cross_entropy cannot pair predictions [2, 3] with targets [3]") {
      try loss(.crossEntropy, matrix, Tensor([0, 1, 2]))
    }
    expect("cross_entropy cannot pair predictions [3] with targets [3]") {
      try loss(.crossEntropy, vector, Tensor([0, 1, 2]))
    }
  }

  @Test func `labels of the wrong kind are an error`() throws {
    let logits = try Tensor([1.0, 2, 3, 4, 5, 6], shape: [2, 3])
    let column = try Tensor([1.0, 2], shape: [2, 1])
    expect("cross_entropy takes class numbers, or a row of probabilities for each example, as targets, but got float32") {
      try loss(.crossEntropy, logits, Tensor([0.0, 1]))
    }
    expect("cross_entropy: the label of row 1 is 3, but the network has 3 outputs") {
      try loss(.crossEntropy, logits, Tensor([0, 3]))
    }
    expect("cross_entropy: the label of row 0 is 1, but the network has 1 output") {
      try loss(.crossEntropy, column, Tensor([1, 0]))
    }
    expect("mse takes numbers as targets, but got int64") { try loss(.mse, column, Tensor([0, 2])) }
    expect("binary_cross_entropy takes 0 and 1 as targets, but got int64") {
      try loss(.binaryCrossEntropy, column, Tensor([0, 2]))
    }
    expect("binary_cross_entropy takes targets from 0 to 1, but that of row 1 is 1.5") {
      try loss(.binaryCrossEntropy, column, Tensor([0, 1.5]))
    }
    #expect(try loss(.mse, column, Tensor([0, 1])) == 1)
  }

  @Test func `softmax before cross_entropy and sigmoid before binary_cross_entropy are errors`() throws {
    let data = try Dataset.xor()
    for (activation, units, loss) in [(Activation.softmax, 2, Loss.crossEntropy), (.sigmoid, 1, .binaryCrossEntropy)] {
      let message = "\(loss.name) applies \(activation.name) itself, but "
      for layers in try [[Layer.dense(units, activation)], [.dense(units), .bare(activation)]] {
        let network = try Network(layers, stream: RandomStream(seed: 0))
        expect(message + "\(network.places[layers.count - 1].name) applies it too") {
          try network.evaluate(data, loss: loss).loss
        }
        #expect {
          try loss(network(Variable(data.x)), #require(data.y))
        } throws: {
          ($0 as? LearningError)?.message == message + "the prediction is its result"
        }
      }
    }
  }

  @Test func `binary cross entropy neither overflows nor loses digits`() throws {
    let logits = try Tensor([1000.0, -1000, 40], shape: [3, 1], dtype: .float64)
    #expect(abs(try loss(.binaryCrossEntropy, logits, Tensor([1.0, 0, 1])) - 4.248354255291589e-18 / 3) < 1e-30)
  }

  @Test func `a loss of the program must give one number`() throws {
    let vector = try Tensor([1.0, 2])
    #expect(try loss(Loss("mine") { try ($0 - $1).square().sum() }, vector, Tensor([0.0, 0])) == 5)
    expect("a loss must be a single number, but this one has shape [2]") {
      try loss(Loss("mine") { try $0 - $1 }, vector, vector)
    }
  }

  @Test(arguments: [
    ([1, 1, 0, 0], 0.5, 0.75), ([3, -1, -2, 5], 0, 0.75), ([3, 0.4, -2, -5], 0.5, 1), ([3, 0.4, -2, -5], 0, 0.75),
  ])
  func `accuracy with one output counts what is above the threshold`(
    prediction: [Double], threshold: Double, accuracy: Double
  ) throws {
    let target = try Tensor([1, 0, 0, 0])
    for shape in [[4, 1], [4]] as [Shape] {
      let prediction = try Tensor(prediction, shape: shape)
      #expect(try Metric.accuracy(prediction, target, threshold: threshold) == accuracy)
    }
  }

  @Test func `accuracy with several outputs takes the largest`() throws {
    let logits = try Tensor([1, 2, 3, 3, 2, 1, 0, 5, 1], shape: [3, 3])
    #expect(try Metric.accuracy(logits, Tensor([2, 0, 0])) == 2.0 / 3)
    #expect(try Metric.accuracy(logits, Tensor([0, 0, 1, 1, 0, 0, 0, 1, 0], shape: [3, 3], dtype: .float32)) == 1)
  }

  @Test func `rmse and r2 measure the distance from the targets`() throws {
    let target = try Tensor([1.0, 2, 3])
    #expect(try Metric.rmse(Tensor([1.0, 2, 6]), target) == 3.0.squareRoot())
    #expect(try Metric.r2(target, target) == 1)
    #expect(abs(try Metric.r2(Tensor([2.0, 2, 2]), target)) < 1e-6)
  }
}
