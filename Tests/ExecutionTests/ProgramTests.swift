import BigStack
import Checking
import Diagnostics
import Execution
import Parsing
import Testing

@Suite struct ProgramTests {
  @Test(arguments: LanguageProgram.all)
  func `a program does what its comments say`(program: LanguageProgram) {
    let outcome = withBigStack { Outcome(of: program) }
    #expect(outcome.output == program.expectedOutput)
    #expect(outcome.error == program.expectedError)
  }

  @Test func `there are many programs`() {
    #expect(LanguageProgram.all.count >= 80)
  }
}

extension Outcome {
  /// Runs a program with the builtins that need no engine.
  init(of program: LanguageProgram, machine: Machine = Machine(), builtins: [String: Value] = CoreFunctions.table) {
    self.init()
    let lines = Lines()
    machine.surroundings.write = { text, _ in lines.text += text }
    let (module, mistakes) = Module.parse(Source(name: program.name, text: program.text))
    if let mistake = mistakes.first {
      error = "\(mistake.kind): \(mistake.message)"
      return
    }
    do throws(RuntimeError) {
      let compiled = try compile(module, in: Globals(builtins: builtins))
      value = try machine.run(compiled)?.representation()
    } catch {
      self.error = error.message.isEmpty ? error.kind.rawValue : "\(error.kind.rawValue): \(error.message)"
    }
    output = lines.text
  }
}

private final class Lines {
  var text = ""
}
