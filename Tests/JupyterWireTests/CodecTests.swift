import JupyterWire
import Testing

@Suite struct CodecTests {
  let key = Array("secret".utf8)

  var message: Message {
    let request = Author(username: "someone").write("execute_request", ["code": "1 + 1"], parent: nil)
    var message = Author(username: "kernel").write(
      "execute_reply", ["status": "ok", "n": 1], metadata: ["m": [1.5]], parent: request.header, to: [[0, 1, 255], []])
    message.buffers = [[1, 2], []]
    return message
  }

  @Test(arguments: ["", "secret"])
  func `a message comes back as it went`(key: String) throws {
    let key = Array(key.utf8)
    let frames = Codec(key: key).encode(message)
    #expect(frames.count == 2 + 6 + 2)
    let decoded = try Codec(key: key).decode(frames)
    #expect(Codec(key: key).encode(decoded) == frames)
  }

  @Test func `the header names the protocol, the session and the time`() throws {
    let author = Author(username: "kernel")
    let fields = author.write("status", [:], parent: nil).header.fields
    #expect(fields.members.map(\.name) == ["msg_id", "session", "username", "date", "msg_type", "version"])
    #expect(fields["version"] == "5.5")
    #expect(fields["session"] == .string(author.session))
    #expect(author.session.count == 32)
    let date = try #require(fields["date"]?.string)
    #expect(try /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z/.wholeMatch(in: date) != nil)
  }

  @Test func `no two messages share a name`() {
    let author = Author(username: "kernel")
    let names = (0..<100).map { _ in author.write("status", [:], parent: nil).header.id }
    #expect(Set(names).count == 100)
  }

  @Test func `a changed byte is noticed in each signed part`() throws {
    let frames = Codec(key: key).encode(message)
    for part in 4..<8 {
      var changed = frames
      changed[part][0] ^= 1
      #expect(throws: WireError.wrongSignature) { try Codec(key: key).decode(changed) }
    }
  }

  @Test func `the signature of another key, and none, are wrong`() {
    for other in [Array("other".utf8), []] {
      let frames = Codec(key: other).encode(message)
      #expect(throws: WireError.wrongSignature) { try Codec(key: key).decode(frames) }
    }
  }

  @Test func `a message is taken once`() throws {
    let codec = Codec(key: key)
    let frames = codec.encode(message)
    _ = try codec.decode(frames)
    #expect(throws: WireError.replayed) { try codec.decode(frames) }
  }

  @Test func `frames that are no message are refused`() {
    let codec = Codec(key: [])
    let delimiter = Array("<IDS|MSG>".utf8)
    let object = Array("{}".utf8)
    #expect(throws: WireError.noDelimiter) { try codec.decode([]) }
    #expect(throws: WireError.noDelimiter) { try codec.decode([[1], [2]]) }
    #expect(throws: WireError.tooFewFrames) { try codec.decode([delimiter]) }
    #expect(throws: WireError.tooFewFrames) { try codec.decode([delimiter, [], object, object, object]) }
    #expect(throws: WireError.malformedHeader) { try codec.decode([delimiter, [], object, object, object, object]) }
    #expect(throws: WireError.malformedHeader) { try codec.decode([delimiter, [], [0xff], object, object, object]) }
  }

  @Test func `the sender of a faulty content is known`() throws {
    let codec = Codec(key: [])
    var frames = codec.encode(message)
    frames[7] = Array("{".utf8)
    let error = #expect(throws: WireError.self) { try codec.decode(frames) }
    guard case .malformed(let read, let reason) = error else {
      Issue.record("not malformed: \(String(describing: error))")
      return
    }
    #expect(read.header.type == "execute_reply")
    #expect(read.identities == [[0, 1, 255], []])
    #expect(reason.reason == .unexpectedEnd)
  }

  @Test func `no change of a byte ends in a trap`() {
    let codec = Codec(key: [])
    let frames = codec.encode(message)
    for i in frames.indices {
      for j in frames[i].indices {
        for bit in 0..<8 {
          var changed = frames
          changed[i][j] ^= 1 << bit
          if let message = try? codec.decode(changed) { _ = codec.encode(message) }
        }
      }
    }
  }
}
