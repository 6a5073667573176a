import Testing

@testable import Commands

@Suite struct InvocationTests {
  @Test(arguments: [
    ([], Invocation.Task.repl), (["a.bp", "x", "-y"], .file("a.bp", arguments: ["x", "-y"])),
    (["-"], .standardInput(arguments: [])), (["-e", "1 + 1", "z"], .expression("1 + 1", arguments: ["z"])),
    (["check", "a.bp", "b.bp"], .check(["a.bp", "b.bp"])),
    (["kernel", "--connection-file", "c.json"], .kernel(connectionFile: "c.json")),
    (["kernel", "-f", "c.json"], .kernel(connectionFile: "c.json")), (["install"], .install(.user)),
    (["install", "--sys-prefix"], .install(.sysPrefix)), (["install", "--prefix", "p"], .install(.prefix("p"))),
    (["install", "--prefix=p"], .install(.prefix("p"))), (["--help"], .help), (["--version"], .version),
    (["--seed", "3", "a.bp"], .file("a.bp", arguments: [])),
  ])
  func `words say what to do`(words: [String], task: Invocation.Task) throws {
    #expect(try Invocation(words: words).task == task)
  }

  @Test func `options are read before the file`() throws {
    let invocation = try Invocation(
      words: ["--seed=7", "--precision", "float64", "--quiet", "--no-color", "--figures", "out", "--memory", "64", "a.bp"])
    #expect(
      invocation.settings
        == Invocation.Settings(
          seed: 7, usesFloat64: true, isQuiet: true, hasColor: false, figures: "out", memory: 64 << 20))
  }

  @Test(arguments: [
    (["--sead"], "there is no option --sead"), (["-e"], "-e needs code behind it"), (["check"], "check needs a file"),
    (["kernel"], "kernel needs --connection-file FILE"), (["--seed", "x"], "--seed wants a whole number from 0 up, not x"),
    (["--precision", "half"], "--precision is float32 or float64, not half"),
    (["install", "--prefix"], "--prefix needs a folder"),
    (["--figures"], "--figures needs a value"),
  ])
  func `wrong words are told`(words: [String], message: String) {
    #expect(throws: UsageError.self) { try Invocation(words: words) }
    do {
      _ = try Invocation(words: words)
    } catch {
      #expect(error.message == message)
      #expect(!error.help.isEmpty)
    }
  }
}
