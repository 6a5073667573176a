import Testing

@testable import Commands

@Suite struct InvocationTests {
  @Test(arguments: [
    ([], Invocation.Task.repl), (["a.bp", "x", "-y"], .file("a.bp", arguments: ["x", "-y"])),
    (["-"], .standardInput(arguments: [])), (["-e", "1 + 1", "z"], .expression("1 + 1", arguments: ["z"])),
    (["check", "a.bp", "b.bp"], .check(["a.bp", "b.bp"], asJSON: false)),
    (["check", "--json", "--quiet", "a.bp", "--", "-b.bp"], .check(["a.bp", "-b.bp"], asJSON: true)),
    (["check", "-"], .check(["-"], asJSON: false)), (["check", "--help"], .help(.check)),
    (["fmt", "a.bp", "notebooks"], .format(["a.bp", "notebooks"], .written)), (["fmt", "--check", "-"], .format(["-"], .listed)),
    (["fmt", "a.bp", "--diff", "--", "--check"], .format(["a.bp", "--check"], .compared)),
    (["--", "-a.bp", "x"], .file("-a.bp", arguments: ["x"])),
    (["--"], .repl), (["-e", "x", "--seed", "--"], .expression("x", arguments: ["--seed", "--"])),
    (["kernel", "--connection-file", "c.json"], .kernel(connectionFile: "c.json")),
    (["kernel", "-f", "c.json"], .kernel(connectionFile: "c.json")), (["install"], .install(.user, removes: false)),
    (["install", "--sys-prefix"], .install(.sysPrefix, removes: false)),
    (["install", "--prefix", "p"], .install(.prefix("p"), removes: false)),
    (["install", "--uninstall", "--user"], .install(.user, removes: true)),
    (["install", "--prefix=p"], .install(.prefix("p"), removes: false)), (["--help"], .help(nil)), (["--version"], .version),
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
          seed: 7, usesFloat64: true, isQuiet: true, hasColor: false, figures: .folder("out"), memory: 64 << 20))
  }

  @Test(
    arguments: [
      (["check", "--seed", "3", "a.bp"], 3), (["kernel", "-f", "c", "--seed=3"], 3), (["install", "--seed", "3"], 3),
      (["a.bp", "--seed", "3"], nil),
    ] as [([String], UInt64?)])
  func `commands take options anywhere, a script's words are its own`(words: [String], seed: UInt64?) throws {
    #expect(try Invocation(words: words).settings.seed == seed)
  }

  @Test(arguments: [
    (["--sead"], "did you mean --seed?"), (["check", "--jason", "a"], "did you mean --json?"),
    (["fmt", "--dif", "a"], "did you mean --diff?"),
    (["install", "--sysprefix"], "did you mean --sys-prefix?"), (["--zzz"], "bpsh --help lists what there is"),
    (["--threads", "many"], "--threads N: as many threads at most"),
  ])
  func `the nearest is suggested`(words: [String], help: String) {
    do throws(UsageError) {
      _ = try Invocation(words: words)
      Issue.record("no error")
    } catch {
      #expect(error.help == help)
    }
  }

  @Test func `the usage page fits sixty columns and names every command and option`() {
    #expect(Usage.text.split(separator: "\n").allSatisfy { $0.count <= 60 })
    for command in Invocation.Command.allCases { #expect(Usage.text.contains(command.usage)) }
    for option in Invocation.Option.ofEveryCommand { #expect(Usage.text.contains(option.usage)) }
  }

  @Test(arguments: Invocation.Command.allCases)
  func `the page of a command fits sixty columns and names its options`(command: Invocation.Command) throws {
    let page = Usage.text(of: command)
    #expect(page.split(separator: "\n").allSatisfy { $0.count <= 60 })
    for option in command.options { #expect(page.contains(option.usage) && page.contains(option.help)) }
    #expect(try Invocation(words: [command.rawValue, "--help"]).task == .help(command))
  }

  @Test func `an option is written in one way only among those of a command`() {
    for command in Invocation.Command.allCases {
      let names = (command.options + Invocation.Option.ofEveryCommand).flatMap(\.names)
      #expect(Set(names).count == names.count, "\(command)")
    }
    let used = Set(Invocation.Command.allCases.flatMap(\.options) + Invocation.Option.ofEveryCommand)
    #expect(used == Set(Invocation.Option.allCases))
  }

  @Test(arguments: [
    (["--sead"], "there is no option --sead"), (["--quiet=1", "a.bp"], "--quiet takes no value"),
    (["install", "x"], "x is one word too many"), (["--seed="], "--seed needs a value"), (["-e"], "-e needs code behind it"),
    (["check"], "check needs a file"),
    (["run"], "run needs a notebook"), (["run", "a.ipynb", "b.ipynb"], "b.ipynb is one word too many"),
    (["run", "a.ipynb", "-p", "rate"], "a parameter is written name=value, not rate"),
    (["run", "a.ipynb", "-p", "2x=1"], "a parameter has a name of the language, not 2x"),
    (["run", "a.ipynb", "-p", "for=1"], "a parameter has a name of the language, not for"),
    (["kernel"], "kernel needs --connection-file FILE"),
    (["--seed", "x"], "--seed wants a whole number from 0 to 9223372036854775807, not x"),
    (["--precision", "half"], "--precision is float32 or float64, not half"),
    (["install", "--prefix"], "--prefix needs a value"),
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
