import FoundationEssentials
import Sessions
import Testing

/// The programs in `Tests/SessionPrograms`, which need the engines: each prints what its `# expect:` lines say, and ends with
/// the error that `# error:` tells, if one does. Those about `@compiled` tell all that goes to the error stream, as `# note:`.
@Suite struct SessionProgramTests {
  @Test(arguments: SessionProgram.all)
  func `a program does what its comments say`(program: SessionProgram) {
    withFolder { folder in
      let front = ScriptedFront()
      let session = Session(front: front, settings: Session.Settings(folder: folder))
      let outcome = session.run(program.text, name: program.name, mode: .script)
      #expect(front.output == program.expectedOutput)
      #expect(outcome.failure.map { "\($0.kind): \($0.message)" } == program.expectedError)
      if program.tellsNotes { #expect(front.errors == program.expectedNotes) }
    }
  }

  @Test func `there are programs`() { #expect(SessionProgram.all.count >= 30) }
}

struct SessionProgram: CustomStringConvertible, Sendable {
  let name: String
  let text: String
  var description: String { name }

  var expectedOutput: String { comments("expect").map { $0 + "\n" }.joined() }
  var tellsNotes: Bool { name.hasPrefix("compiled/") }
  var expectedNotes: String { comments("note").map { $0 + "\n" }.joined() }
  var expectedError: String? { comments("error").first }

  private func comments(_ word: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line in
      line.hasPrefix("# \(word):") ? String(line.dropFirst(word.count + 4)) : nil
    }
  }

  static let all: [SessionProgram] = {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let folder = tests.appending(path: "SessionPrograms").path
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
    return paths.filter { $0.hasSuffix(".bp") }.sorted().compactMap { path in
      (try? String(contentsOfFile: folder + "/" + path, encoding: .utf8)).map { SessionProgram(name: path, text: $0) }
    }
  }()
}
