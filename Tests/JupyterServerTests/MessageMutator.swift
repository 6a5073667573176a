@testable import JupyterWire

/// Makes messages that no client should send out of ones that clients do send; the same seed makes the same.
struct MessageMutator {
  private var state: UInt64
  private let codec: Codec
  private let signer: Signer
  private let author = Author(username: "mutator")
  /// Frames that were sent, to be sent again.
  private var sent: [[[UInt8]]] = []

  init(seed: UInt64, key: [UInt8]) {
    state = seed
    codec = Codec(key: key)
    signer = Signer(key: key)
  }

  /// One of each kind that clients send.
  static let kinds: [(type: String, content: JSON.Object)] = [
    ("kernel_info_request", [:]),
    (
      "execute_request",
      [
        "code": "out x\nresult 1", "silent": false, "store_history": true, "allow_stdin": false, "stop_on_error": true,
        "user_expressions": ["a": "x", "b": "bad"],
      ]
    ),
    ("execute_request", ["code": "fail", "silent": true]),
    ("complete_request", ["code": "ab\u{1f642}c", "cursor_pos": 2]),
    ("inspect_request", ["code": "abc", "cursor_pos": 1, "detail_level": 1]),
    ("is_complete_request", ["code": "incomplete"]),
    ("history_request", ["hist_access_type": "tail", "n": 3, "output": true, "raw": false]),
    ("history_request", ["hist_access_type": "range", "session": -1, "start": 2, "stop": 5]),
    ("history_request", ["hist_access_type": "search", "pattern": "a*", "n": 2, "unique": true]),
    ("comm_info_request", ["target_name": "t"]),
    ("comm_open", ["comm_id": "c", "target_name": "t", "data": ["a": 1]]),
    ("comm_msg", ["comm_id": "c", "data": ["method": "update", "state": [:]]]),
    ("comm_close", ["comm_id": "c", "data": [:]]),
    ("create_subshell_request", [:]),
    ("delete_subshell_request", ["subshell_id": "s"]),
    ("list_subshell_request", [:]),
    ("interrupt_request", [:]),
    ("shutdown_request", ["restart": true]),
    ("debug_request", ["type": "request", "seq": 1, "command": "debugInfo", "arguments": [:]]),
    ("input_reply", ["value": "Ada", "status": "ok"]),
  ]

  /// The next message; most are signed rightly, so that what is in them is looked at.
  mutating func next() -> [[UInt8]] {
    if !sent.isEmpty, chance(1, in: 50) { return pick(sent) }
    let kind = pick(Self.kinds)
    var message = author.write(kind.type, kind.content, parent: nil, to: [Array("client".utf8)])
    for _ in 0..<below(3) { mutateFields(of: &message) }
    var frames = codec.encode(message)
    for _ in 0..<below(3) where chance(1, in: 2) { mutateFrame(of: &frames) }
    if chance(9, in: 10) { sign(&frames) }
    for _ in 0..<below(2) where chance(1, in: 4) { rearrange(&frames) }
    if sent.count < 64 { sent.append(frames) } else { sent[below(64)] = frames }
    return frames
  }

  // MARK: What is changed

  /// Changes a part of the JSON.
  private mutating func mutateFields(of message: inout Message) {
    switch below(6) {
    case 0: mutate(&message.header.fields)
    case 1: mutate(&message.parent)
    case 2: mutate(&message.metadata)
    case 3: message.header.fields.append("subshell_id", pick([.null, "nobody", 7, .string(message.header.id)]))
    default: mutate(&message.content)
    }
  }

  private mutating func mutate(_ object: inout JSON.Object) {
    guard let member = object.members.isEmpty ? nil : pick(object.members), chance(4, in: 5) else {
      object.append(pick(["code", "", "x", "\u{0}", "é\u{301}"]), value(depth: 3))
      return
    }
    switch below(4) {
    case 0: object[member.name] = nil
    case 1: object.append(member.name, value(depth: 2))
    case 2 where member.value.object != nil:
      var inner = member.value.object ?? [:]
      mutate(&inner)
      object[member.name] = .object(inner)
    default: object[member.name] = value(depth: 3)
    }
  }

  /// Any JSON, with what is at the limits of each kind.
  private mutating func value(depth: Int) -> JSON {
    switch below(depth > 0 ? 10 : 7) {
    case 0: return .null
    case 1: return .bool(chance(1, in: 2))
    case 2: return .integer(pick([0, 1, -1, .max, .min, 1 << 53, Int(truncatingIfNeeded: random())]))
    case 3: return .number(pick([0.5, -0.0, 1e308, 2.5e-308, -1e-9]))
    case 4:
      let texts = ["", "x", "out y", "fail", "tail", "\u{0}\u{1}", "\u{fffd}", "é\u{301}\u{200d}", "<IDS|MSG>", "\"\\"]
      return .string(pick(texts))
    case 5:
      return .string(
        String(repeating: pick(["a", "\u{1f642}", "\n", "e\u{301}"]), count: below(chance(1, in: 50) ? 100_000 : 50)))
    case 6: return nested(below(chance(1, in: 10) ? 400 : 10))
    case 7: return .array((0..<below(5)).map { _ in value(depth: depth - 1) })
    default: return .object(JSON.Object((0..<below(4)).map { ("k\($0)", value(depth: depth - 1)) }))
    }
  }

  private mutating func nested(_ depth: Int) -> JSON {
    (0..<depth).reduce(.integer(1)) { inner, _ in chance(1, in: 2) ? .array([inner]) : ["a": inner] }
  }

  /// Changes the bytes of one frame of JSON.
  private mutating func mutateFrame(of frames: inout [[UInt8]]) {
    guard let delimiter = frames.firstIndex(of: Array("<IDS|MSG>".utf8)), frames.count > delimiter + 2 else { return }
    let place = delimiter + 2 + below(frames.count - delimiter - 2)
    guard !frames[place].isEmpty else { return }
    let byte = below(frames[place].count)
    switch below(7) {
    case 0: frames[place][byte] ^= UInt8(1 << below(8))
    case 1: frames[place].removeSubrange(byte...)
    case 2: frames[place].insert(contentsOf: pick(Self.fragments), at: byte)
    case 3: frames[place].insert(UInt8(truncatingIfNeeded: random()), at: byte)
    case 4: frames[place] = pick(Self.fragments)
    case 5: frames[place].remove(at: byte)
    default: frames[place].replaceSubrange(byte..<min(byte + 4, frames[place].count), with: pick(Self.fragments))
    }
  }

  /// What readers of JSON and of UTF-8 stumble over.
  private static let fragments: [[UInt8]] =
    [
      "", "{", "}", "[", "]", "\"", "\\", ",", ":", "null", "tru", "-", "0123", "1e999", "1e-999", "1.", ".5", "-0", "NaN", "\\u",
      "\\ud800",
      "\\ud83d\\ude42", "\\udc00", "\\u0000", "\\x", "99999999999999999999", "{\"a\":{\"a\":", "[[[[[[[[", "\u{feff}{}", "//",
      "'",
    ].map { Array($0.utf8) } + [
      [0], [0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xf0, 0x9f], [0xc0, 0x80], Array(repeating: 0x5b, count: 5000),
    ]

  /// Signs what the frames hold now.
  private func sign(_ frames: inout [[UInt8]]) {
    guard let delimiter = frames.firstIndex(of: Array("<IDS|MSG>".utf8)), frames.count >= delimiter + 6 else { return }
    frames[delimiter + 1] = signer.signature(of: frames[(delimiter + 2)..<(delimiter + 6)])
  }

  private mutating func rearrange(_ frames: inout [[UInt8]]) {
    let (a, b) = (below(frames.count), below(frames.count))
    switch below(6) {
    case 0: frames.swapAt(a, b)
    case 1: frames.remove(at: a)
    case 2: frames.insert(frames[b], at: a)
    case 3: frames.append(contentsOf: Array(repeating: [1, 2, 3], count: below(50)))
    case 4: frames.removeSubrange(a...)
    default: frames[a] = []
    }
  }

  // MARK: Chance

  private mutating func random() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  private mutating func below(_ limit: Int) -> Int { limit <= 1 ? 0 : Int(random() % UInt64(limit)) }

  private mutating func chance(_ part: Int, in whole: Int) -> Bool { below(whole) < part }

  private mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}
