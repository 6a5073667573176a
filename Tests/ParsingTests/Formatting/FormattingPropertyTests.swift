import Diagnostics
import Testing

@testable import Parsing

/// What formatting must never do, over every program there is.
@Suite struct FormattingPropertyTests {
  @Test func `every program keeps its tree and its comments, and has its form after one time`() {
    #expect(Programs.all.count > 400)
    for (name, text) in Programs.all { check(Source(name: name, text: text)) }
  }

  @Test(arguments: [12, 45]) func `so does every program with names so long that its lines must be broken`(length: Int) {
    for (name, text) in Programs.all { check(stretched(Source(name: name, text: text), by: length)) }
  }

  private func check(_ source: Source) {
    let name = source.name
    let (before, mistakes) = Module.parse(source)
    let formatted = Module.format(source).text
    #expect((formatted == nil) == mistakes.contains(where: \.isError), "\(name)")
    guard let formatted else { return }
    let again = Source(name: name, text: formatted)
    let (after, others) = Module.parse(again)
    #expect(others.isEmpty, "\(name): \(others.first?.message ?? "")")
    #expect(after.dump == before.dump, "\(name)")
    #expect(after.hidesLastValue == before.hidesLastValue, "\(name)")
    #expect(comments(again) == comments(source), "\(name)")
    #expect(Module.format(again).text == formatted, "\(name)")
  }

  private func stretched(_ source: Source, by length: Int) -> Source {
    var lexer = Lexer(source)
    lexer.readAll()
    var bytes = source.utf8
    for token in lexer.tokens.reversed() {
      guard case .name = token.kind else { continue }
      bytes.insert(contentsOf: repeatElement(UInt8(ascii: "_"), count: length), at: token.range.upperBound)
    }
    return Source(name: source.name, text: String(decoding: bytes, as: UTF8.self))
  }

  private func comments(_ source: Source) -> [String] {
    let text = source.text(0..<source.utf8.count)
    return Highlight.all(in: text).filter { $0.kind == .comment }.map { comment in
      String(source.text(comment.range).drop { $0 == "#" || $0 == " " }.reversed().drop(while: \.isWhitespace).reversed())
    }
  }
}
