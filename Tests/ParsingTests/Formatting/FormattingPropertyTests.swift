import Diagnostics
import Testing

@testable import Parsing

/// What formatting must never do, over every program there is.
@Suite struct FormattingPropertyTests {
  @Test func `every program keeps its tree and its comments, and has its form after one time`() {
    #expect(Programs.all.count > 400)
    for (name, text) in Programs.all {
      let source = Source(name: name, text: text)
      let (before, mistakes) = Module.parse(source)
      let formatted = Module.format(source).text
      #expect((formatted == nil) == mistakes.contains(where: \.isError), "\(name)")
      guard let formatted else { continue }
      let again = Source(name: name, text: formatted)
      let (after, others) = Module.parse(again)
      #expect(others.isEmpty, "\(name): \(others.first?.message ?? "")")
      #expect(after.dump == before.dump, "\(name)")
      #expect(after.hidesLastValue == before.hidesLastValue, "\(name)")
      #expect(comments(again) == comments(source), "\(name)")
      #expect(Module.format(again).text == formatted, "\(name)")
    }
  }

  private func comments(_ source: Source) -> [String] {
    let text = source.text(0..<source.utf8.count)
    return Highlight.all(in: text).filter { $0.kind == .comment }.map { comment in
      String(source.text(comment.range).drop { $0 == "#" || $0 == " " }.reversed().drop(while: \.isWhitespace).reversed())
    }
  }
}
