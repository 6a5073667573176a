import Diagnostics
import Parsing

/// Two arguments that stand each in the other's place.
public enum Exchange {
  /// Whether each fits where the other stands, and they are of different kinds.
  public static func isLikely(_ a: Given, _ wantedThere: Wanted, _ b: Given, _ wantedHere: Wanted) -> Bool {
    wantedThere.types != nil && wantedHere.types != nil && a.type != b.type && wantedHere.fits(type: a.type)
      && wantedThere.fits(type: b.type)
  }

  /// The call as it was meant.
  public static func help(_ callee: Expression, _ arguments: [Argument], _ a: Span, _ b: Span) -> String {
    let texts = arguments.map { argument in
      let other = argument.span == a ? b : argument.span == b ? a : argument.span
      guard other != argument.span, let value = arguments.first(where: { $0.span == other })?.value.span.text else {
        return argument.span.text
      }
      if case .keyword(let name) = argument.kind { return "\(name)=\(value)" }
      return value
    }
    let first = arguments.lastIndex { $0.span == a || $0.span == b }.map { $0 + 1 } ?? texts.count
    let rest = first < texts.count ? ", …" : ""
    let call = "\(callee.span.text)(\(texts.prefix(first).joined(separator: ", "))\(rest))"
    return call.count <= 60 && !call.contains("\n")
      ? "the arguments are swapped: write \(call)" : "the arguments are exchanged: each fits where the other stands"
  }
}
