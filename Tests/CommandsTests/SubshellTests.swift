import Builtins
import Execution
import JupyterServer
import Sessions
import Synchronization
import Testing

/// Keeps what is written.
private final class QuietFront: Front, @unchecked Sendable {
  // Unchecked: written by the shell that it belongs to, and read when that has ended.
  var output = ""

  var textStyle: TextStyle { TextStyle(width: 80) }
  var progressStyle: ProgressStyle { .none }

  func write(_ text: String, toErrors: Bool) { output += text }
  func display(_ shown: Representations, id: String?, isUpdate: Bool) {}
  func clear(wait: Bool) {}
  func ask(_ prompt: String, isPassword: Bool) throws(RuntimeError) -> String { "" }
  func progressLine(_ text: String?) {}
}

/// A session whose main shell runs a source on a thread of its own.
private final class BusySession: @unchecked Sendable {
  // Unchecked: a session may be used by one thread for each of its shells.
  let session = Session(front: QuietFront())
  let front = QuietFront()
  let subshell: Subshell
  private let ended = Mutex<String?>(nil)

  /// Runs `setting` first, and returns when the main shell has begun with `source`, which must set `started`.
  init(_ setting: String = "", _ source: String) throws {
    subshell = session.makeSubshell(front: front)
    _ = session.run("started = False\nstop = False\n" + setting, name: "cell 0")
    thread = nil
    thread = try Thread("main shell", stackSize: 64 << 20) { [self] in
      let text = Self.text(session.run("started = True\n" + source, name: "cell 1"))
      ended.withLock { $0 = text }
    }
    _ = look("while not started: sleep(0.001)")
  }
  private var thread: Thread?

  /// What a source in the subshell gives.
  func look(_ source: String) -> String { Self.text(session.run(source, name: "subshell cell 1", in: subshell)) }

  /// What the source of the main shell has given; waits for it.
  func end() -> String {
    thread?.join()
    return ended.withLock { $0 } ?? ""
  }

  private static func text(_ outcome: Outcome) -> String {
    switch outcome {
    case .value(let value): value?.text ?? ""
    case .failure(let failure): failure.kind + ": " + failure.message
    default: "something else"
    }
  }
}

@Suite struct SubshellTests {
  static let training = """
    net = network(input(2), dense(8, tanh), dense(1))
    """
  static let train = "run = train(net, make_xor(), loss=mse, optimizer=sgd(0.001), epochs=1000000000, record=False)"

  @Test func `names are shared, both ways`() throws {
    let busy = try BusySession("x = [1, 2]", "while not stop: x[0] = x[0] + 1\nx[1]")
    #expect(busy.look("x[0] >= 1") == "True")
    #expect(busy.look("x[1] = 7\nstop = True") == "")
    #expect(busy.end() == "7")
  }

  @Test func `a loop that does nothing lets the others run`() throws {
    let busy = try BusySession("", "while not stop: pass\n'ended'")
    #expect(busy.look("2 + 3") == "5")
    _ = busy.look("stop = True")
    #expect(busy.end() == "'ended'")
  }

  @Test func `weights are those of a finished step, and training goes on`() throws {
    let busy = try BusySession(Self.training, Self.train)
    // The weights change between two looks, and not within one.
    #expect(busy.look("before = net.hash()\nsame = [net.hash() == before for i in range(3)]\nall(same)") == "True")
    #expect(busy.look("while net.hash() == before: sleep(0.001)\n'changed'") == "'changed'")
    #expect(busy.look("net(zeros(3, 2)).shape") == "(3, 1)")
    #expect(busy.look("r = last_run()\nr.stopped, r.steps > 0, len(r.loss) == r.steps") == "('running', True, True)")
    #expect(busy.look("r.seconds > 0, r.seconds_per_step > 0, 'still running' in str(r)") == "(True, True, True)")
    busy.session.interrupt()
    #expect(busy.end() == "KeyboardInterrupt: interrupted")
    #expect(busy.look("run.stopped") == "'interrupted'")
  }

  @Test func `an interrupt of a subshell leaves training alone`() throws {
    let busy = try BusySession(Self.training, Self.train)
    busy.subshell.interrupt()
    #expect(busy.look("while True: pass") == "KeyboardInterrupt: interrupted")
    #expect(busy.look("before = net.hash()\nwhile net.hash() == before: sleep(0.001)\n1") == "1")
    busy.session.interrupt()
    _ = busy.end()
  }

  @Test func `a network that is being trained can be trained elsewhere too`() throws {
    let busy = try BusySession(Self.training, Self.train)
    #expect(busy.look("other = train(net, make_xor(), loss=mse, optimizer=adam(0.01), epochs=50)\nother.epochs") == "50")
    busy.session.interrupt()
    #expect(busy.end() == "KeyboardInterrupt: interrupted")
    #expect(busy.look("net(zeros(3, 2)).shape") == "(3, 1)")
  }

  @Test func `two long cells share the time`() throws {
    let busy = try BusySession("a = 0\nb = 0", "while not stop: a = a + 1\na > 0")
    #expect(busy.look("start = a\nwhile a < start + 1000: b = b + 1\nb > 0") == "True")
    _ = busy.look("stop = True")
    #expect(busy.end() == "True")
  }

  @Test func `functions, gradients and layers made in one shell run in the other`() throws {
    let setting = """
      def f(x): return sum(x * x)
      def square(x):
          y = x
          for i in range(3): y = y + 0 * x
          return y * y
      net = network(input(2), dense(2), square)
      g = grad(f)
      """
    let busy = try BusySession(
      setting, "n = 0\nwhile not stop:\n    n = n + g([1.0, 2.0])[1]\n    y = net(ones(1, 2))\nfloat(n) > 0")
    for _ in 0..<200 {
      #expect(busy.look("g([3.0, 4.0])[0]") == "6.0")
      #expect(busy.look("net(ones(5, 2)).shape") == "(5, 2)")
    }
    _ = busy.look("stop = True")
    #expect(busy.end() == "True")
  }

  @Test func `an error in a subshell is its own`() throws {
    let busy = try BusySession("def f(x): return 1 / x", "while not stop: pass\n1")
    #expect(busy.look("f(0)") == "ZeroDivisionError: division by zero: 1 / 0")
    #expect(busy.look("nothing") == "NameError: nothing is not defined")
    _ = busy.look("stop = True")
    #expect(busy.end() == "1")
  }

  @Test func `what a subshell draws does not change what the main shell draws`() throws {
    let alone = Session(front: QuietFront())
    _ = alone.run("a = rand(3)", name: "cell 1")
    let busy = try BusySession("", "while not stop: pass\nrand(3)")
    _ = busy.look("rand(3)\nrand(3)")
    _ = busy.look("stop = True")
    guard case .value(let value?) = alone.run("a", name: "cell 2") else { return }
    #expect(busy.end() == value.text)
  }

  @Test func `what is printed goes to the front of its shell`() throws {
    let busy = try BusySession("", "while not stop: pass\nprint('main')")
    _ = busy.look("print('sub')\nstop = True")
    _ = busy.end()
    #expect(busy.front.output == "sub\n")
  }

  @Test func `while the main shell sleeps or waits for input a subshell runs`() throws {
    let busy = try BusySession("", "sleep(1000)")
    #expect(busy.look("1 + 1") == "2")
    busy.session.interrupt()
    #expect(busy.end() == "KeyboardInterrupt: interrupted")
  }

  @Test func `a precision chosen in a subshell ends with its cell`() throws {
    let busy = try BusySession("", "while not stop: pass\ntensor([1.0]).dtype")
    #expect(busy.look("precision('float64')\ntensor([1.0]).dtype") == "'float64'")
    _ = busy.look("stop = True")
    #expect(busy.end() == "'float32'")
  }
}
