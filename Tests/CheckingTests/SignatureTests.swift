import Checking
import Testing

@Suite struct SignatureTests {
  @Test(arguments: [
    "", "x", "x, axis=None", "x, /, y", "a, b='x, y', *rest, k=[1, 2], **named", "net, *, loss, epochs=20",
    "*values, sep=' ', end='\\n'",
  ])
  func `a signature is shown as it is declared`(text: String) {
    #expect(Signature(declaring: text).description == "(\(text))")
  }

  @Test func `what may be left out is known`() {
    let parameters = Signature(declaring: "a, b=1, *rest, c, **named").parameters
    #expect(parameters.map(\.hasDefault) == [false, true, true, false, true])
    #expect(parameters.map(\.kind) == [.plain, .plain, .rest, .keywordOnly, .keywords])
  }
}
