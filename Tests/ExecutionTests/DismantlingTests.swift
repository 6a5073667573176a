import Execution
import Testing

@Suite struct DismantlingTests {
  /// On a thread of the tests, whose stack is small.
  @Test func `containers nested half a million deep are freed one after another`() {
    var lists = Value.none
    var tuples = Value.none
    var dicts = Value.none
    for _ in 0..<500_000 {
      lists = .list([lists])
      tuples = .tuple([tuples])
    }
    for _ in 0..<50_000 { dicts = .dict(DictObject([("inner", dicts)])) }
    (lists, tuples, dicts) = (.none, .none, .none)
    #expect(lists.isNone && tuples.isNone && dicts.isNone)
  }
}
