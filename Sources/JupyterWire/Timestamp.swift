import Glibc

/// A time as the headers of messages write it, in ISO 8601: `2026-01-31T12:00:00.000000Z`.
public struct Timestamp: Equatable, Comparable, Sendable {
  /// Since the start of 1970, in UTC.
  public var microseconds: Int

  public init(microseconds: Int) {
    self.microseconds = microseconds
  }

  public static var now: Timestamp {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Timestamp(microseconds: now.tv_sec * 1_000_000 + now.tv_nsec / 1000)
  }

  /// Whether there is no fraction of a second.
  public var isWholeSecond: Bool { microseconds % 1_000_000 == 0 }

  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.microseconds < right.microseconds
  }

  public static func - (left: Timestamp, right: Timestamp) -> Duration {
    .microseconds(left.microseconds - right.microseconds)
  }
}

extension Timestamp: LosslessStringConvertible {
  public var description: String {
    let fraction = (microseconds % 1_000_000 + 1_000_000) % 1_000_000
    var seconds = (microseconds - fraction) / 1_000_000
    var date = tm()
    gmtime_r(&seconds, &date)
    // Every message has one, so it is not put together from texts.
    var text: [UInt8] = []
    text.reserveCapacity(27)
    func write(_ number: Int, digits: Int, _ sign: Unicode.Scalar) {
      var unit = 1
      for _ in 1..<digits { unit *= 10 }
      while unit > 0 {
        text.append(UInt8(ascii: "0") + UInt8(number / unit % 10))
        unit /= 10
      }
      text.append(UInt8(ascii: sign))
    }
    write(Int(date.tm_year) + 1900, digits: 4, "-")
    write(Int(date.tm_mon) + 1, digits: 2, "-")
    write(Int(date.tm_mday), digits: 2, "T")
    write(Int(date.tm_hour), digits: 2, ":")
    write(Int(date.tm_min), digits: 2, ":")
    write(Int(date.tm_sec), digits: 2, ".")
    write(fraction, digits: 6, "Z")
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads a date and time with or without a fraction, with `Z`, with `+hh:mm`, or with nothing for UTC.
  public init?(_ description: String) {
    var reader = DigitReader(rest: description.utf8[...])
    var date = tm()
    guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
      let day = reader.number(2), reader.skip("T"), let hour = reader.number(2), reader.skip(":"),
      let minute = reader.number(2), reader.skip(":"), let second = reader.number(2)
    else { return nil }
    date.tm_year = Int32(year - 1900)
    date.tm_mon = Int32(month - 1)
    date.tm_mday = Int32(day)
    date.tm_hour = Int32(hour)
    date.tm_min = Int32(minute)
    date.tm_sec = Int32(second)
    let fraction = reader.skip(".") ? reader.millionths() : 0

    var offset = 0
    if !reader.skip("Z"), !reader.rest.isEmpty {
      let sign = reader.skip("-") ? -1 : reader.skip("+") ? 1 : 0
      guard sign != 0, let hours = reader.number(2), case _ = reader.skip(":"), let minutes = reader.number(2) else { return nil }
      offset = sign * (hours * 60 + minutes) * 60
    }
    guard reader.rest.isEmpty else { return nil }
    microseconds = (timegm(&date) - offset) * 1_000_000 + fraction
  }
}

private struct DigitReader {
  var rest: Substring.UTF8View

  /// A number of exactly so many digits.
  mutating func number(_ count: Int) -> Int? {
    let digits = rest.prefix(count)
    guard digits.count == count, digits.allSatisfy(isDigit) else { return nil }
    rest = rest.dropFirst(count)
    return Int(String(Substring(digits)))
  }

  /// The digits after the point; those beyond the sixth do not count.
  mutating func millionths() -> Int {
    let digits = rest.prefix(while: isDigit)
    rest = rest.dropFirst(digits.count)
    let six = String(Substring(digits.prefix(6)))
    return Int(six + String(repeating: "0", count: 6 - six.utf8.count)) ?? 0
  }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest = rest.dropFirst()
    return true
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
