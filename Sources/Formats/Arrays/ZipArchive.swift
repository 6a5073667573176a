import CZlib
import Tensors

/// What a zip archive holds (PKWARE's APPNOTE.TXT 6.3, zip64 included, without encryption or several disks).
struct ZipArchive {
  struct Member: Equatable {
    var name: String
    /// 0 stored, 8 deflated.
    var method: Int
    var isEncrypted: Bool
    /// Of the contents.
    var checksum: UInt
    var packedSize: Int
    /// Of the contents, as the archive claims.
    var size: Int
    /// Where the member's own header begins.
    var start: Int
  }

  /// How an archive with members begins.
  static let magic: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
  /// How one without members begins: with its end.
  private static let emptyMagic: [UInt8] = [0x50, 0x4B, 0x05, 0x06]

  private let bytes: [UInt8]
  private(set) var members: [Member] = []

  init(_ bytes: [UInt8]) throws(ArrayFileError) {
    self.bytes = bytes
    guard bytes.starts(with: Self.magic) || bytes.starts(with: Self.emptyMagic) else {
      throw ArrayFileError(bytes.starts(with: NpyHeader.magic) ? .arrayForArchive : .notArchive)
    }
    guard let directory = directory, let members = members(in: directory) else { throw ArrayFileError(.damagedArchive) }
    self.members = members
  }

  /// A member as it is in the archive.
  func packed(_ member: Member) throws(ArrayFileError) -> ArraySlice<UInt8> {
    guard !member.isEncrypted else { throw ArrayFileError(.encrypted) }
    guard member.method == 0 || member.method == 8 else { throw ArrayFileError(.unknownCompression(member.method)) }
    guard bytes.number(at: member.start, width: 4) == 0x0403_4B50,
      let name = bytes.number(at: member.start + 26, width: 2), let extra = bytes.number(at: member.start + 28, width: 2)
    else { throw ArrayFileError(.damagedArchive) }
    let start = member.start + 30 + name + extra
    // Deflate packs no more than 1032 bytes into one.
    let mostUnpacked = member.packedSize.multipliedReportingOverflow(by: member.method == 0 ? 1 : 1032)
    guard start <= bytes.count, member.packedSize <= bytes.count - start, !mostUnpacked.overflow,
      member.size <= mostUnpacked.partialValue, member.method == 8 || member.size == member.packedSize
    else { throw ArrayFileError(.damagedArchive) }
    return bytes[start..<start + member.packedSize]
  }

  /// A member's contents, whose size is to be charged to the budget before.
  func contents(of member: Member) throws(ArrayFileError) -> ArraySlice<UInt8> {
    var contents = try packed(member)
    if member.method == 8 { contents = try inflated(contents, size: member.size)[...] }
    let checksum = contents.withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) }
    guard checksum == member.checksum else { throw ArrayFileError(.damagedMember) }
    return contents
  }
}

extension ZipArchive {
  private struct Directory {
    var start: Int
    var count: Int
  }

  /// The list of members, which the last record of the file finds.
  private var directory: Directory? {
    // The record is 22 bytes long, and a comment of at most 65,535 may follow.
    let last = bytes.count - 22
    guard last >= 0 else { return nil }
    for end in stride(from: last, through: max(0, last - 65_535), by: -1)
    where bytes[end] == 0x50 && bytes.number(at: end, width: 4) == 0x0605_4B50 {
      guard bytes.number(at: end + 20, width: 2) == last - end else { continue }
      guard let count = bytes.number(at: end + 10, width: 2), let start = bytes.number(at: end + 16, width: 4) else { return nil }
      guard count == 0xFFFF || start == 0xFFFF_FFFF else { return Directory(start: start, count: count) }
      return largeDirectory(before: end) ?? Directory(start: start, count: count)
    }
    return nil
  }

  private func largeDirectory(before end: Int) -> Directory? {
    guard bytes.number(at: end - 20, width: 4) == 0x0706_4B50, let record = bytes.number(at: end - 12, width: 8),
      bytes.number(at: record, width: 4) == 0x0606_4B50, let count = bytes.number(at: record + 32, width: 8),
      let start = bytes.number(at: record + 48, width: 8)
    else { return nil }
    return Directory(start: start, count: count)
  }

  private func members(in directory: Directory) -> [Member]? {
    var members: [Member] = []
    var place = directory.start
    for _ in 0..<directory.count {
      guard let (member, length) = member(at: place) else { return nil }
      members.append(member)
      place += length
    }
    return members
  }

  /// A member by its entry in the directory, and the entry's length.
  private func member(at place: Int) -> (Member, length: Int)? {
    guard bytes.number(at: place, width: 4) == 0x0201_4B50, let flags = bytes.number(at: place + 8, width: 2),
      let method = bytes.number(at: place + 10, width: 2), let checksum = bytes.number(at: place + 16, width: 4),
      let packedSize = bytes.number(at: place + 20, width: 4), let size = bytes.number(at: place + 24, width: 4),
      let nameLength = bytes.number(at: place + 28, width: 2), let extraLength = bytes.number(at: place + 30, width: 2),
      let commentLength = bytes.number(at: place + 32, width: 2), let start = bytes.number(at: place + 42, width: 4)
    else { return nil }
    let length = 46 + nameLength + extraLength + commentLength
    guard length <= bytes.count - place, let name = String(validating: bytes[place + 46..<place + 46 + nameLength], as: UTF8.self)
    else { return nil }
    var member = Member(
      name: name, method: method, isEncrypted: flags & 1 == 1, checksum: UInt(checksum), packedSize: packedSize, size: size,
      start: start)
    let extra = place + 46 + nameLength
    guard enlarge(&member, by: extra..<extra + extraLength) else { return nil }
    return (member, length)
  }

  /// Takes the numbers that did not fit 32 bits from the extra field 1, which holds just those, in this order.
  private func enlarge(_ member: inout Member, by extra: Range<Int>) -> Bool {
    let fields = [\Member.size, \Member.packedSize, \Member.start].filter { member[keyPath: $0] == 0xFFFF_FFFF }
    var place = extra.lowerBound
    while !fields.isEmpty, place + 4 <= extra.upperBound, let kind = bytes.number(at: place, width: 2),
      let length = bytes.number(at: place + 2, width: 2)
    {
      place += 4
      if kind == 1 {
        guard length >= 8 * fields.count, place + length <= extra.upperBound else { return false }
        for (i, field) in fields.enumerated() {
          guard let number = bytes.number(at: place + 8 * i, width: 8) else { return false }
          member[keyPath: field] = number
        }
        return true
      }
      place += length
    }
    // Without the field the number is meant as it stands, and is checked against the file as any other.
    return true
  }
}
