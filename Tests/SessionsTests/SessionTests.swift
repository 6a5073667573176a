import Builtins
import Diagnostics
import Sessions
import Testing

@Suite struct SessionTests {
  private func session(_ front: ScriptedFront = ScriptedFront(), folder: String = ".") -> Session {
    Session(front: front, settings: Session.Settings(folder: folder))
  }

  @Test func `cells share one scope and underscore is the last result`() {
    let session = session()
    #expect(session.run("x = 2", name: "cell 1").text == nil)
    #expect(session.run("x * 3", name: "cell 2").text == "6")
    #expect(session.run("_ + 1", name: "cell 3").text == "7")
    #expect(session.run("x;", name: "cell 4").text == nil)
  }

  @Test func `an error leaves what the cell had bound so far`() {
    let session = session()
    let failure = session.run("a = 1\nb = a / 0\nc = 3", name: "cell 1").failure
    #expect(failure?.kind == "ZeroDivisionError")
    #expect(session.run("a", name: "cell 2").text == "1")
    #expect(session.run("c", name: "cell 3").failure?.message == "c is not defined")
  }

  @Test func `a certain mistake stops a cell before its first statement`() {
    let session = session()
    let failure = session.run("x = 1\nrelux(x)", name: "cell 1").failure
    #expect(failure?.diagnostics.first?.help == "did you mean relu?")
    #expect(session.run("x", name: "cell 2").failure != nil)
  }

  @Test func `a builtin that was hidden comes back`() {
    let session = session()
    _ = session.run("sum = 3", name: "cell 1")
    #expect(session.run("sum", name: "cell 2").text == "3")
    _ = session.run("del sum", name: "cell 3")
    #expect(session.run("sum([1, 2])", name: "cell 4").text == "3")
  }

  @Test func `questions and commands are understood in cells and not in scripts`() {
    let session = session()
    guard case .page(let page) = session.run("relu?", name: "cell 1") else {
      Issue.record("no page")
      return
    }
    #expect(page.text.contains("relu(x)"))
    #expect(session.run("relu?", name: "script", mode: .script).failure?.kind == "SyntaxError")
    #expect(session.run("%whoo", name: "cell 2").failure?.diagnostics.first?.help == "did you mean %who?")
    _ = session.run("x = 1", name: "cell 3")
    #expect(session.run("%who", name: "cell 4").text == "x  int  1")
    _ = session.run("%reset", name: "cell 5")
    #expect(session.run("x", name: "cell 6").failure?.kind == "NameError")
  }

  @Test func `a file can be loaded, run and saved`() {
    withFolder { folder in
      let session = session(folder: folder)
      write("y = 5\n", folder + "/a.bp")
      _ = session.run("%run a.bp", name: "cell 1")
      #expect(session.run("y", name: "cell 2").text == "5")
      guard case .nextInput("y = 5\n") = session.run("%load a.bp", name: "cell 3") else {
        Issue.record("nothing loaded")
        return
      }
      #expect(session.run("%save b.bp", name: "cell 4").text == "saved 1 input to b.bp")
      #expect(session.run("read_text(\"b.bp\")", name: "cell 5").text == "'y\\n'")
      // Its own file is written anew, but not what somebody has changed in it.
      #expect(session.run("%save b.bp", name: "cell 5").text == "saved 2 inputs to b.bp")
      write("edited\n", folder + "/b.bp")
      #expect(session.run("%save b.bp", name: "cell 5").failure?.message == "b.bp was changed since it was saved")
      #expect(session.run("%save -f b.bp", name: "cell 5").text == "saved 2 inputs to b.bp")
      #expect(session.run("%run none.bp", name: "cell 6").failure?.kind == "FileError")
    }
  }

  @Test func `a module runs once, and again when its file has changed`() {
    withFolder { folder in
      let front = ScriptedFront()
      let session = session(front, folder: folder)
      write("print(\"ran\")\nvalue = 1\n", folder + "/tools.bp")
      #expect(session.run("import tools\nimport tools as t\nt.value", name: "cell 1").text == "1")
      #expect(front.output == "ran\n")
      write("print(\"ran\")\nvalue = 22\n", folder + "/tools.bp")
      #expect(session.run("from tools import value\nvalue", name: "cell 2").text == "22")
      #expect(front.output == "ran\nran\n")
    }
  }

  @Test func `modules that import each other show the ring`() {
    withFolder { folder in
      let session = session(folder: folder)
      write("import b\n", folder + "/a.bp")
      write("import a\n", folder + "/b.bp")
      #expect(
        session.run("import a", name: "cell 1").failure?.message == "modules import each other in a ring: a.bp → b.bp → a.bp")
      #expect(session.run("import nothing", name: "cell 2").failure?.kind == "ImportError")
      #expect(session.run("import numpy", name: "cell 3").failure?.diagnostics.first?.help?.contains("built in") == true)
    }
  }

  @Test func `an interrupt ends a loop and the session goes on`() {
    let session = session()
    session.interrupt()
    #expect(session.run("while True: pass", name: "cell 1").failure?.isInterrupt == true)
    #expect(session.run("1 + 1", name: "cell 2").text == "2")
  }

  @Test func `an interrupt ends training at a step with the weights kept`() {
    let front = ScriptedFront()
    front.progressStyle = .picture
    let session = session(front)
    _ = session.run("net = network(input(2), dense(4, tanh), dense(1))\nbefore = net.hash()", name: "cell 1")
    // The first progress that is shown stops it; the assignment completes, the loop around does not go on.
    front.onDisplay = { session.interrupt() }
    let cell = """
      turns = 0
      for i in range(3):
          run = train(net, make_xor(), loss=mse, optimizer=sgd(0.1), epochs=100000)
          turns += 1
      """
    let failure = session.run(cell, name: "cell 2").failure
    front.onDisplay = {}
    session.forgetInterrupt()
    #expect(failure?.isInterrupt == true)
    #expect(session.run("run.stopped", name: "cell 3").text == "'interrupted'")
    #expect(session.run("run.steps > 0 and run.steps < 100000 and turns <= 1", name: "cell 4").text == "True")
    #expect(session.run("net.hash() == run.hash and net.hash() != before", name: "cell 5").text == "True")
  }

  @Test func `an interrupt of a training can be caught where it stands`() {
    let front = ScriptedFront()
    front.progressStyle = .picture
    let session = session(front)
    front.onDisplay = { session.interrupt() }
    let cell = """
      net = network(input(2), dense(4, tanh), dense(1))
      caught = False
      try:
          run = train(net, make_xor(), loss=mse, optimizer=sgd(0.1), epochs=100000)
      except KeyboardInterrupt:
          caught = True
      (caught, run.stopped, run.hash == net.hash())
      """
    let outcome = session.run(cell, name: "cell 1")
    front.onDisplay = {}
    #expect(outcome.text == "(True, 'interrupted', True)")
  }

  @Test func `an interrupt in a loss of one's own ends training too`() {
    let front = ScriptedFront()
    let session = session(front)
    _ = session.run(
      """
      net = network(input(2), dense(1))
      def loss(prediction, target):
          display(1)
          return mse(prediction, target)
      """, name: "cell 1")
    front.onDisplay = { session.interrupt() }
    let failure = session.run("run = train(net, make_xor(), loss=loss, optimizer=sgd(0.1))", name: "cell 2").failure
    front.onDisplay = {}
    #expect(failure?.isInterrupt == true)
    #expect(session.run("run.stopped", name: "cell 3").text == "'interrupted'")
  }

  @Test func `exit ends with its status`() {
    let session = session()
    guard case .exit(3) = session.run("exit(3)", name: "cell 1") else {
      Issue.record("no exit")
      return
    }
  }

  @Test func `user expressions have values and failures`() {
    let session = session()
    _ = session.run("x = 4", name: "cell 1")
    #expect((try? session.evaluate("x + 1").get())?.text == "5")
    for (code, kind) in [("nope", "NameError"), ("x = 9", "SyntaxError"), ("1; 2", "SyntaxError"), ("1 +", "SyntaxError")] {
      guard case .failure(let failure) = session.evaluate(code) else {
        Issue.record("\(code) has a value")
        continue
      }
      #expect(failure.kind == kind)
    }
    #expect((try? session.evaluate("x").get())?.text == "4")
  }

  @Test func `input asks the front`() {
    let front = ScriptedFront()
    front.answers = ["Ada"]
    let session = session(front)
    #expect(session.run("input(\"name? \")", name: "cell 1").text == "'Ada'")
    #expect(session.run("input(\"name? \")", name: "cell 2").failure?.kind == "ValueError")
  }

  @Test func `the same seed gives the same bits in every session`() {
    let program = """
      net = network(input(2), dense(8, relu), dropout(0.2), dense(3))
      train(net, make_spirals(60), loss=cross_entropy, optimizer=adam(0.01), epochs=5, batch=16).hash
      """
    let first = session().run(program, name: "a").text
    let second = session().run(program, name: "b").text
    #expect(first != nil)
    #expect(first == second)
  }
}
