import JupyterWire
import Testing

@Suite struct TimestampTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00.000000Z", 0), ("1970-01-01T00:00:01.5Z", 1_500_000), ("1970-01-01T00:00:00.0000019", 1),
    ("1970-01-01T01:00:00+01:00", 0), ("1969-12-31T19:30:00.25-0430", 250_000), ("2026-11-24T02:06:02Z", 1_795_485_962_000_000),
  ])
  func `the forms of the clients are read`(text: String, microseconds: Int) {
    #expect(Timestamp(text)?.microseconds == microseconds)
  }

  @Test(arguments: [
    "", "now", "2026-11-24", "2026-11-24T02:06", "2026-11-24T02:06:02 ", "2026-1-24T02:06:02Z", "2026-11-24T02:06:02+1",
  ])
  func `other texts are no times`(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test(arguments: [0, 1, 999_999, 1_795_485_962_123_456, -1])
  func `what is written is read the same`(microseconds: Int) {
    let time = Timestamp(microseconds: microseconds)
    #expect(Timestamp(time.description) == time)
  }
}
