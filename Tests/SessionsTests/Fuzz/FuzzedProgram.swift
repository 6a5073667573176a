import Builtins
import Diagnostics
import Sessions
import Testing

@testable import Parsing

/// One program that goes through all that programs go through.
struct FuzzedProgram {
  let text: String

  /// Whether it has no mistake that can be told, and what is wrong with what became of it. A crash shows itself.
  func tried(_ session: Session, _ chance: inout Chance) -> (isSound: Bool, complaint: String?) {
    read(&chance)
    let (module, mistakes) = Module.parse(Source(name: "fuzz", text: text))
    let formatted = Module.format(module.source).text
    let isRefused = mistakes.contains(where: \.isError)
    if (formatted == nil) != isRefused { return (false, "a program that parses was refused, or the reverse") }
    if let formatted, let complaint = Self.complaint(module, formatted) { return (false, complaint) }
    let place = chance.below(text.utf8.count + 1)
    _ = session.complete(text, at: place)
    _ = session.inspect(text, at: place)
    _ = session.signature(in: text, at: place)
    let found = session.check(text, name: "fuzz")
    for mistake in found { _ = mistake.rendered(RenderingStyle(width: 60, emphasis: .none)) }
    return (!found.contains(where: \.isError), nil)
  }

  private func read(_ chance: inout Chance) {
    _ = Highlight.all(in: text)
    _ = Completeness(of: text)
    _ = SessionText(text)
    for _ in 0..<3 { _ = CursorPlace(text, chance.below(text.utf8.count + 2), reachesBeyond: chance.happens(oneIn: 2)) }
  }

  private static func complaint(_ module: Module, _ formatted: String) -> String? {
    let source = Source(name: "fuzz", text: formatted)
    let (again, mistakes) = Module.parse(source)
    if !mistakes.isEmpty { return "formatted, it does not parse: \(mistakes[0].message)\n\(formatted)" }
    if again.dump != module.dump || again.hidesLastValue != module.hidesLastValue {
      return "formatted, it is another program:\n\(formatted)"
    }
    if comments(source) != comments(module.source) { return "formatted, it has other comments:\n\(formatted)" }
    let twice = Module.format(source).text
    return twice?.utf8.elementsEqual(formatted.utf8) == true
      ? nil : "formatted twice, it changes:\n\(formatted)\n---\n\(twice ?? "nil")"
  }

  private static func comments(_ source: Source) -> [[UInt8]] {
    let text = source.text(0..<source.utf8.count)
    return Highlight.all(in: text).filter { $0.kind == .comment }.map { comment in
      source.utf8[comment.range].filter { $0 > UInt8(ascii: "#") }
    }
  }
}
