import Diagnostics

extension Machine {
  /// The place in the program that runs now, as a number that `span(ofSite:)` turns into source again; 0 outside programs.
  public var site: Int {
    guard depth > 0 else { return 0 }
    let frame = frames[depth - 1]
    return frame.code.identifier << 24 | (frame.next - frame.code.instructions - 1) & 0xff_ffff
  }

  /// Where in the source a site is.
  public func span(ofSite site: Int) -> Span? {
    guard let code = codes[site >> 24] else { return nil }
    let place = site & 0xff_ffff
    return place < code.spans.count ? code.spans[place] : nil
  }

  /// The span of the instruction that runs in a frame.
  func span(of frame: Frame) -> Span? {
    let place = frame.next - frame.code.instructions - 1
    return place >= 0 && place < frame.code.spans.count ? frame.code.spans[place] : nil
  }

  func register(_ code: Code) {
    codes[code.identifier] = code
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
