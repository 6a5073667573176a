import Checking
import Diagnostics
import Execution
import FoundationEssentials
import Parsing

/// A small program with what it must print or fail with in its comments: `# expect: 6`, `# error: TypeError: …`.
struct LanguageProgram: CustomStringConvertible, Sendable {
  let name: String
  let text: String

  var description: String { name }

  var expectedOutput: String {
    comments("expect").map { $0 + "\n" }.joined()
  }

  var expectedError: String? { comments("error").first }

  private func comments(_ word: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line in
      line.hasPrefix("# \(word):") ? String(line.dropFirst(word.count + 4)) : nil
    }
  }

  /// All programs under `Tests/Programs`, by path.
  static let all: [LanguageProgram] = {
    let here = URL(filePath: #filePath)
    let folder = here.deletingLastPathComponent().deletingLastPathComponent().appending(path: "Programs")
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
    return paths.filter { $0.hasSuffix(".bp") }.sorted().compactMap { path in
      let text = try? String(contentsOfFile: folder.appending(path: path).path, encoding: .utf8)
      return text.map { LanguageProgram(name: path, text: $0) }
    }
  }()
}

/// What became of a program: what it printed, and the mistake that ended it.
struct Outcome: Equatable, Sendable {
  var output = ""
  var error: String?
  var value: String?
}
