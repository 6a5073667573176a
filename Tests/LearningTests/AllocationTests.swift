import CAllocations
import Gradients
import Tensors
import Testing

@testable import Learning

/// What a compiled step of training asks of the system.
@Suite struct AllocationTests {
  struct Workload: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let input: Shape
    let classes: Int
    let optimizer: OptimizerKind
    let layers: @Sendable () throws -> [Layer]

    init(
      _ name: String, _ input: Shape, classes: Int, _ optimizer: OptimizerKind, _ layers: @escaping @Sendable () throws -> [Layer]
    ) {
      testDescription = name
      self.input = input
      self.classes = classes
      self.optimizer = optimizer
      self.layers = layers
    }

    static let all = [
      Workload("xor", [2], classes: 2, .sgd) { [try .dense(8, .tanh), try .dense(2)] },
      Workload("dropout", [8], classes: 3, .adam) { [try .dense(16, .relu), try .dropout(0.2), try .dense(3)] },
      Workload("convolution", [1, 8, 8], classes: 3, .adam) {
        [
          try Layer(.conv2d, ["filters": .integer(4), "size": .integer(3), "activation": .activation(.relu)]),
          try Layer(.maxPool2d, ["size": .integer(2)]), try .flatten(), try .dense(3),
        ]
      },
      Workload("lstm", [5, 3], classes: 2, .adam) { [try Layer(.lstm, ["units": .integer(6)]), try .dense(2)] },
    ]
  }

  private static let rows = 8

  @Test func `an allocation is counted`() {
    let before = bp_allocations()
    let block = UnsafeMutableRawPointer.allocate(byteCount: 100, alignment: 64)
    let array = [Int](unsafeUninitializedCapacity: 50) { $1 = $0.isEmpty ? 1 : 0 }
    #expect(bp_allocations() - before == 2)
    block.deallocate()
    #expect(array.isEmpty)
  }

  @Test(arguments: Workload.all, [true, false])
  func `a step allocates nothing`(_ it: Workload, isRecorded: Bool) throws {
    var stream = RandomStream(seed: 1)
    let network = try Network(it.layers(), stream: stream)
    let x = try stream.normal(Shape([AllocationTests.rows] + it.input.dimensions), dtype: .float32)
    let labels = (0..<AllocationTests.rows).map { $0 % it.classes }
    let data = try Dataset(x: x, y: Tensor(labels))
    let options = TrainingOptions(loss: .crossEntropy, optimizer: try Optimizer(it.optimizer, ["lr": .number(0.01)]))
    _ = try network.predict(x)
    let all = Array(0..<AllocationTests.rows)[...]
    let steps = try #require(
      try PlannedSteps(TrainingStep(network, options), data, Tensor(labels), first: all, isRecorded: isRecorded) { _ in (all, 1) }
    )
    try steps.run(all, number: 0, factor: 1, isRecorded: isRecorded)
    let before = bp_allocations()
    for number in 1...20 { try steps.run(all, number: number, factor: 1, isRecorded: isRecorded) }
    let count = bp_allocations() - before
    #expect(count == 0)
  }
}
