import Diagnostics
import FoundationEssentials
import Sessions
import Testing

/// The programs in `Tests/FaultyPrograms`: what `bpsh check`, or else running, says of each is kept beside it as a text.
///
/// `RECORD_SNAPSHOTS=1` writes the texts anew; a new one fails once, so that it gets read.
@Suite struct FaultyProgramTests {
  @Test(arguments: FaultyProgram.all)
  func `the mistake is named with its place and a remedy`(program: FaultyProgram) throws {
    let said = program.said
    #expect(said.contains("\(program.name):"))
    // What a program raises itself says what the program says.
    #expect(program.name.hasPrefix("raised_") || said.contains("help: "))
    #expect(said == program.snapshot)
    if said != program.snapshot, ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      try said.write(toFile: program.snapshotPath, atomically: true, encoding: .utf8)
    }
  }

  @Test func `there are many`() { #expect(FaultyProgram.all.count >= 80) }
}

struct FaultyProgram: CustomStringConvertible, Sendable {
  let name: String
  let text: String
  let snapshotPath: String
  var description: String { name }

  var snapshot: String? { try? String(contentsOfFile: snapshotPath, encoding: .utf8) }

  /// What the checker says, or running where the checker finds nothing.
  var said: String {
    let style = RenderingStyle(width: 80)
    let session = Session(front: ScriptedFront())
    let found = session.check(text, name: name)
    if found.contains(where: \.isError) { return found.map { $0.rendered(style) + "\n" }.joined() }
    return session.run(text, name: name, mode: .script).failure.map { $0.rendered(style) + "\n" } ?? "nothing\n"
  }

  static let all: [FaultyProgram] = {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let folder = tests.appending(path: "FaultyPrograms").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".bp") }.sorted().compactMap { name in
      (try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)).map {
        FaultyProgram(name: name, text: $0, snapshotPath: "\(folder)/\(name.dropLast(3)).txt")
      }
    }
  }()
}
