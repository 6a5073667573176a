import Builtins
import Sessions
import Testing

@Suite struct ProgressTests {
  private func session(_ style: ProgressStyle, width: Int = 80) -> (Session, ScriptedFront) {
    let front = ScriptedFront()
    front.progressStyle = style
    front.textStyle = TextStyle(width: width)
    return (Session(front: front, settings: Session.Settings(folder: ".")), front)
  }

  @Test func `progress in a notebook is one output, updated in place`() {
    let (session, front) = session(.picture)
    _ = session.run(
      "for i in range(3):\n    train(network(dense(1)), make_xor(), loss=mse, optimizer=sgd(0.1), epochs=3)", name: "cell 1")
    let ids = Set(front.displays.map(\.id))
    #expect(ids.count == 1)
    #expect(front.displays.first?.isUpdate == false)
    #expect(!front.displays.dropFirst().contains { !$0.isUpdate })
    #expect(front.displays.last?.svg != nil)
  }

  @Test func `many trainings are shown now and then, and the last one is`() {
    let (session, front) = session(.picture)
    _ = session.run(
      """
      for i in range(100):
          run = train(network(dense(1)), make_xor(), loss=mse, optimizer=sgd(0.1), epochs=2)
      """, name: "cell 1")
    // Each training has a first and a last state.
    #expect(front.displays.count < 200)
    #expect(front.displays.last?.text.hasPrefix("training 100: run: 2 epochs, 2 steps") == true)
    _ = session.run("print(1)", name: "cell 2")
    #expect(front.displays.last?.text.hasPrefix("training 100") == true)
  }

  @Test func `progress without a terminal is at most some twenty lines`() {
    let (session, front) = session(.lines)
    _ = session.run("train(network(dense(1)), make_xor(), loss=mse, optimizer=sgd(0.1), epochs=500)", name: "cell 1")
    let lines = front.errors.split(separator: "\n")
    #expect(lines.count >= 10 && lines.count <= 22)
    #expect(lines.first?.hasPrefix("epoch 1/500  loss ") == true)
    // Half of the targets are 1, so the best constant prediction is off by a half.
    #expect(lines.first?.hasSuffix(" (constant 0.25)") == true)
    #expect(lines.last?.hasPrefix("epoch 500/500") == true)
  }

  @Test func `the reason of an early end is told without a terminal too`() {
    let (session, front) = session(.lines)
    _ = session.run(
      "run = train(network(dense(1)), make_xor(), loss=mse, optimizer=sgd(0.0), epochs=500, patience=3)", name: "cell 1")
    #expect(front.errors.split(separator: "\n").last?.hasSuffix("stopped: patience") == true)
  }

  @Test(arguments: [20, 40, 60, 79, 80, 120, 200])
  func `the line of a terminal is never wrapped`(width: Int) throws {
    let (session, front) = session(.line, width: width)
    let outcome = session.run(
      """
      run = train(network(dense(8, tanh), dense(2)), make_moons(100, seed=1), loss=cross_entropy, optimizer=sgd(0.1), epochs=300,
                  validation=0.2, metrics=[accuracy])
      """, name: "cell 1")
    #expect(outcome.failure == nil)
    #expect(!front.progressLines.isEmpty)
    for line in front.progressLines {
      #expect(line.count < width, Comment(rawValue: line))
      #expect(line.hasPrefix("epoch "))
      let isDone = line.hasPrefix("epoch 300/300")
      if width >= 60 { #expect(line.contains("loss ") && (isDone || line.contains(" s left")), Comment(rawValue: line)) }
    }
    #expect(front.errors.hasPrefix("run: 300 epochs"))
  }
}
