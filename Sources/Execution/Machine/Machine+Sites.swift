import Diagnostics

extension Machine {
  /// The place in the program that runs now, as a number that `span(ofSite:)` turns into source again; 0 outside programs.
  public var site: Int {
    guard depth > 0 else { return 0 }
    let next = frames[depth - 1].next
    return frames[depth - 1].function._withUnsafeGuaranteedRef { $0.firstSite + (next - $0.entry - 1) }
  }

  /// Where in the source a site is.
  public func span(ofSite site: Int) -> Span? {
    guard let code = library.codes.last(where: { $0.firstSite <= site }) else { return nil }
    let place = site - code.firstSite
    return place < code.spans.count ? code.spans[place] : nil
  }

  /// The span of the instruction that runs in a frame.
  func span(of frame: Frame) -> Span? {
    let place = frame.next - frame.code.instructions - 1
    return place >= 0 && place < frame.code.spans.count ? frame.code.spans[place] : nil
  }

  /// Makes the sites of code known, and of the functions within.
  func register(_ code: Code) {
    let place = library.codes.lastIndex { $0.firstSite <= code.firstSite }.map { $0 + 1 } ?? 0
    if place == 0 || library.codes[place - 1] !== code {
      library.codes.insert(code, at: place)
      if tracer != nil { setTraps(in: code) }
    }
    for inner in code.codes { register(inner) }
  }

  /// Writes into an exception that was just raised where that happened and through which calls.
  func locate(_ exception: ExceptionObject) {
    guard exception.trace.isEmpty else { return }
    exception.trace = (0..<depth).map { place in
      TraceEntry(
        function: frames[place].code.name, span: span(of: frames[place]))
    }
    if exception.span == nil { exception.span = exception.trace.last?.span }
  }
}
