import BigStack
import Builtins
import Diagnostics
import Execution
import FoundationEssentials
import Glibc
import Parsing
import Sessions
import Testing

/// Mutated programs through the lexer, the parser, the formatter, the checker, completion and inspection, and some through the
/// machine: nothing crashes, hangs or grows.
///
/// `BP_FUZZ_ROUNDS` sets how many programs there are, `BP_FUZZ_SEED` the first one's number. It runs in a process of its own,
/// which writes each program to a file before it tries it, so that the one that ended it is known.
@Suite struct ProgramFuzzTests {
  fileprivate static func setting(_ name: String, _ fallback: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? fallback
  }

  /// Where the process leaves what it is about to try; its number belongs to the tests' process, which is the child's parent.
  fileprivate static func culprit(of process: Int32) -> String {
    FileManager.default.temporaryDirectory.appending(path: "bp-fuzz-\(process).bp").path
  }

  @Test func `no program crashes, hangs or grows`() async throws {
    let culprit = Self.culprit(of: getpid())
    let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
      withBigStack { ProgramFuzz(culprit: ProgramFuzzTests.culprit(of: getppid())).run() }
    }
    if let result { return print(String(decoding: result.standardOutputContent, as: UTF8.self)) }
    let complaint = try? String(contentsOfFile: culprit + ".txt", encoding: .utf8)
    Issue.record("the program is \(culprit)\n\(complaint ?? "it ended the process")")
  }
}

/// The run itself.
private struct ProgramFuzz {
  let culprit: String
  private let rounds = ProgramFuzzTests.setting("BP_FUZZ_ROUNDS", 1000)
  private let seed = ProgramFuzzTests.setting("BP_FUZZ_SEED", 1)
  private let watch = FuzzWatch()

  init(culprit: String) { self.culprit = culprit }

  func run() {
    let corpus = FuzzCorpus.programs
    precondition(corpus.count > 400, "the programs are there")
    watch.start()
    var parsed = 0
    var ran = 0
    withFolder { folder in
      let session = makeSession(folder)
      var mutator = ProgramMutator(corpus: corpus)
      for round in seed..<seed + rounds {
        mutator.chance = Chance(seed: UInt64(truncatingIfNeeded: round))
        let text = mutator.next()
        write(text, culprit)
        watch.begin(nil)
        let program = FuzzedProgram(text: text)
        let (isSound, complaint) = program.tried(session, &mutator.chance)
        if let complaint { fail("seed \(round): \(complaint)") }
        guard isSound else { continue }
        parsed += 1
        if isRunnable(text) {
          ran += 1
          let own = makeSession(folder)
          watch.begin(own)
          _ = own.run(text, name: "fuzz", mode: .init(isWhole: false, isInteractive: false, isKept: false))
        }
      }
    }
    let pages = residentPages
    if pages > Self.most { fail("the process has grown to \(pages) pages") }
    unlink(culprit)
    print("\(rounds) programs, \(parsed) without a mistake, \(ran) run, \(pages) pages at the end")
  }

  /// Pages of 4 KiB that the process may take in all.
  private static let most = 400_000

  private func makeSession(_ folder: String) -> Session {
    Session(
      front: ScriptedFront(), settings: Session.Settings(folder: folder, showsProgress: false, memoryLimit: 256 << 20))
  }

  /// A program that catches interrupts may go on for ever.
  private func isRunnable(_ text: String) -> Bool {
    !["except:", "except :", "KeyboardInterrupt", "finally", "export", "save", "write_text"].contains { text.contains($0) }
  }

  private var residentPages: Int {
    let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
    return fields.count > 1 ? Int(fields[1]) ?? 0 : 0
  }

  private func fail(_ complaint: String) -> Never {
    write(complaint, culprit + ".txt")
    exit(1)
  }
}

/// What mutations start from: all programs of the tests, and some that reach what those do not.
enum FuzzCorpus {
  static let programs: [String] = {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let paths = ((try? FileManager.default.subpathsOfDirectory(atPath: tests.path)) ?? []).filter { $0.hasSuffix(".bp") }.sorted()
    return paths.compactMap { try? String(contentsOfFile: tests.path + "/" + $0, encoding: .utf8) } + FuzzSeeds.all
  }()
}
