import FoundationEssentials
import Tensors
import Testing

@testable import Gradients

/// One operation of the table under random operands, with its definition beside it.
struct FuzzedOperation: CustomTestStringConvertible, Sendable {
  let operation: Operation
  let round: @Sendable (inout Fuzz) throws -> Void

  var testDescription: String { operation.name }

  init(_ operation: Operation, _ round: @escaping @Sendable (inout Fuzz) throws -> Void) {
    self.operation = operation
    self.round = round
  }

  static let all: [FuzzedOperation] =
    functions + pairs + choices + reductions + lines + arrangements + places + products + algebra
}

/// Random shapes, axes and indices into every operation: the result is that of the definition, or the error has words.
///
/// `BP_FUZZ_ROUNDS` sets how many times each operation is tried, `BP_FUZZ_SEED` the seed.
@Suite struct OperationFuzzTests {
  private static func setting(_ name: String, _ fallback: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? fallback
  }

  @Test(arguments: FuzzedOperation.all)
  func `an operation does what its definition says, or tells why not`(_ fuzzed: FuzzedOperation) throws {
    let name = fuzzed.operation.name.utf8.reduce(UInt64(5)) { $0 &* 31 &+ UInt64($1) }
    var fuzz = Fuzz(random: OperandSource(seed: UInt64(Self.setting("BP_FUZZ_SEED", 1)) &+ name))
    for _ in 0..<Self.setting("BP_FUZZ_ROUNDS", 500) { try fuzzed.round(&fuzz) }
  }

  @Test func `every operation is tried`() {
    let tried = Set(FuzzedOperation.all.map(\.operation.name))
    // What the program gives, and what only backward passes assemble, has no definition of ours, a mask of chance no expected value; convolutions and pooling are
    // compared with PyTorch's by WindowTests.
    let others = Set(
      ["custom", "dropout_mask", Operation.assemble.name] + (Operation.convolutions + Operation.pooling).map(\.name))
    #expect(Set(Operation.all.map(\.name)).subtracting(others) == tried)
  }
}
