import Diagnostics
import Parsing

/// Two arguments that stand each in the other's place.
public enum Exchange {
  /// Whether each fits where the other stands, they are of different kinds, and not both are of the kind that is wanted.
  public static func isLikely(_ a: Given, _ wantedOfA: Wanted, _ b: Given, _ wantedOfB: Wanted) -> Bool {
    wantedOfA.types != nil && wantedOfB.types != nil && a.type != b.type && wantedOfB.fits(type: a.type)
      && wantedOfA.fits(type: b.type) && !(wantedOfA.fits(type: a.type) && wantedOfB.fits(type: b.type))
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
