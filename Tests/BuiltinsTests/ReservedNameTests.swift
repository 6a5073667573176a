import Builtins
import Learning
import Tensors
import Testing

@Suite struct ReservedNameTests {
  @Test(arguments: Builtin.all.filter { $0.owner == "network" }.map(\.name) + ["layers", "name", "parameters"])
  func `a layer cannot hide what every network has`(name: String) throws {
    #expect(throws: LearningError.self) {
      try Network([.dense(1, name: name)], stream: RandomStream(seed: 0))
    }
  }
}
