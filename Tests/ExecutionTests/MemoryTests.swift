import BigStack
import Execution
import Testing

@Suite struct MemoryTests {
  /// Each makes more and more until it is stopped.
  @Test(arguments: [
    "x = []\nwhile True: x = [x]", "x = []\nwhile True: x.append(0)", "x = [i for i in range(10 ** 12)]",
    "x = [1]\nwhile True: x += x",
    "s = 'a'\nwhile True: s += s", "d = {}\nfor i in range(10 ** 12): d[i] = i", "x = []\nwhile True: x = x + [1] + x",
    "s = ','.join(['a' * 10 ** 5] * 10 ** 6)", "x = []\nwhile True: x.extend(x + [1])",
    "s = ('a' * 10 ** 5).replace('a', 'b' * 10 ** 5)",
    "f = None\nwhile True: f = lambda g=f: g", "x = list('é' * 10 ** 7)",
    "x = list(zip(range(10 ** 6), range(10 ** 6), range(10 ** 6)))",
  ])
  func `what takes more and more ends in a MemoryError`(text: String) {
    let outcome = withBigStack {
      let machine = Machine()
      machine.memory.limit = Memory.held() + (8 << 20)
      return Outcome(of: LanguageProgram(name: "t", text: text), machine: machine)
    }
    #expect(outcome.error?.hasPrefix("MemoryError: ") == true)
    #expect(outcome.error?.hasSuffix(" are in use") == true)
  }
}
