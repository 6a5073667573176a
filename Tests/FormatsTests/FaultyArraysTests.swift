import Formats
import Tensors
import Testing

/// Files that are not what they should be give an error that says what to do, and never a crash.
@Suite struct FaultyArraysTests {
  @Test(arguments: [
    ("bad_pickled.npy", "file: it holds pickled Python objects, not numbers"),
    ("bad_complex.npy", "file: its elements have the type <c16, but only real numbers and bools can be read"),
    ("bad_text.npy", "file: its elements have the type <U1, but only real numbers and bools can be read"),
    ("bad_record.npy", "file: its elements have the type record, but only real numbers and bools can be read"),
    ("bad_beyond.npy", "file: it holds 9223372036854775808, which has no int64 value"),
    ("stored.npz", "file: this is an npz file, which holds arrays by name"),
    ("../networks.json", "file: this is not an npy file"),
  ])
  func `what is no array of numbers is named`(name: String, message: String) {
    let path = ArrayFixture.path(name)
    #expect { try readNpy(path) } throws: { words($0, path: path)[0] == message && words($0, path: path)[1] != nil }
  }

  @Test(arguments: [
    ("bad_member.npz", "file, array note.txt: this is not an npy file"),
    ("bad_bzip2.npz", "file, array a: it is compressed by method 12, but only stored and deflated arrays can be read"),
    ("columns.npy", "file: this is an npy file, which holds one array"),
    ("../networks.json", "file: this is not an npz file"),
  ])
  func `what is no archive of arrays is named`(name: String, message: String) {
    let path = ArrayFixture.path(name)
    #expect { try readNpz(path) } throws: { words($0, path: path)[0] == message && words($0, path: path)[1] != nil }
  }

  @Test(arguments: ["/nowhere.npy", "/", "/dev/null"])
  func `what is no readable file is named`(path: String) {
    for read in [{ _ = try readNpy(path) }, { _ = try readNpz(path) }] {
      #expect { try read() } throws: { if case .file(let error)? = $0 as? ReadError { error.path == path } else { false } }
    }
  }

  @Test(arguments: [
    ("(2, 3)", "(2, 4)", "file: its header promises 32 bytes of numbers, but 24 are there"),
    ("(2, 3)", "(2, 2)", "file: 8 bytes stand behind the numbers that its header promises"),
    ("(2, 3), }", "(2, 3), ]", "file: its header, which should tell type and shape, cannot be read"),
    ("(2, 3), }              ", "(2, 9223372036854775807)}", ""),
    ("'<f4'", "'<f3'", "file: its elements have the type <f3, but only real numbers and bools can be read"),
    ("(2, 3)", "(2,-3)", "file: its header, which should tell type and shape, cannot be read"),
  ])
  func `a header that lies is not believed`(truth: String, lie: String, message: String) throws {
    var bytes = try FileContents.read(ArrayFixture.path("f4_little.npy"))
    let range = try #require(bytes.firstRange(of: Array(truth.utf8)))
    bytes.replaceSubrange(range, with: Array(lie.utf8))
    try withFile(bytes) { path in
      #expect { try readNpy(path) } throws: { message.isEmpty || words($0, path: path)[0] == message }
    }
  }

  @Test(arguments: ArrayFixture.names)
  func `a file cut anywhere is an error`(name: String) throws {
    let bytes = try FileContents.read(ArrayFixture.path(name))
    for count in 0..<bytes.count {
      try withFile(Array(bytes[..<count])) { path in
        #expect(throws: ReadError.self) { _ = try ArrayFixture.arrays(at: path, of: name) }
      }
    }
  }

  @Test(arguments: ArrayFixture.names)
  func `changed bytes give numbers or an error`(name: String) throws {
    let original = try FileContents.read(ArrayFixture.path(name))
    var random = RandomStream(seed: 7)
    var refused = 0
    for _ in 0..<300 {
      var bytes = original
      for _ in 0...random.integer(below: 4) {
        let place = Int(random.integer(below: UInt64(bytes.count)))
        switch random.integer(below: 3) {
        case 0: bytes[place] = UInt8(random.integer(below: 256))
        case 1: bytes[place] ^= 1 << UInt8(random.integer(below: 8))
        default: bytes[place] = [0, 0x7F, 0x80, 0xFF][Int(random.integer(below: 4))]
        }
      }
      try withFile(bytes) { path in
        do {
          _ = try ArrayFixture.arrays(at: path, of: name)
        } catch {
          refused += 1
        }
      }
    }
    #expect(refused > 0)
  }

  @Test func `a small archive that claims a large array takes no memory for it`() throws {
    var bytes = try FileContents.read(ArrayFixture.path("deflated.npz"))
    let entry = try #require(bytes.firstRange(of: [0x50, 0x4B, 0x01, 0x02])).lowerBound
    // The size of the contents, in the directory.
    bytes.replaceSubrange(entry + 24..<entry + 28, with: [0, 0, 0, 0x7F])
    try withFile(bytes) { path in
      #expect { try readNpz(path) } throws: {
        words($0, path: path)[0] == "file, array a: the archive is damaged: what it says of its members does not fit the file"
      }
    }
  }

  @Test func `contents that do not fit their checksum are refused`() throws {
    var bytes = try FileContents.read(ArrayFixture.path("stored.npz"))
    // The last byte of the first array's numbers: 0.125 as a float32.
    let numbers = try #require(bytes.firstRange(of: [0, 0, 0xC8, 0x42, 0, 0, 0, 0x3E]))
    bytes[numbers.upperBound - 1] = 0x3F
    try withFile(bytes) { path in
      #expect { try readNpz(path) } throws: {
        words($0, path: path)[0] == "file, array a: it is damaged: it does not unpack to what the archive says of it"
      }
    }
  }
}
