import Testing

@testable import Parsing

@Suite struct ContinuationTests {
  @Test(arguments: [
    ("if a:\n    b\n    else:", 0),
    ("def f():\n    if a:\n        b\n        elif c:", 4),
    ("def f():\n    for x in y:\n        if a:\n            b\n        c\n        else:", 4),
    ("if a:\n    while b:\n        c\n\n        else:", 4),
    ("try:\n    a\n    except E:", 0),
    ("try:\n    a\nexcept E:\n    b\n    finally:", 0),
    // Goes on with nothing, is not less deep, or is no such line.
    ("a\nelse:", nil), ("if a:\n    b\nelse:", nil), ("if a:\n    elsewhere:", nil), ("def f():\n    x\n    else:", nil),
    ("try:\n    a\n    else_part:", nil), ("", nil),
  ])
  func `an else goes below its if`(text: String, indent: Int?) {
    #expect(Continuation.indent(ofLastOf: text.split(separator: "\n", omittingEmptySubsequences: false)) == indent)
  }
}
