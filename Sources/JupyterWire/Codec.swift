import Synchronization

/// Turns messages into the frames that travel, and back.
///
/// The frames: identities, `<IDS|MSG>`, signature, header, parent header, metadata, content, buffers.
public final class Codec: Sendable {
  private let signer: Signer
  private let seen = Mutex(SeenSignatures())

  static let delimiter = Array("<IDS|MSG>".utf8)

  /// With an empty key messages are neither signed nor checked.
  public init(key: [UInt8]) {
    signer = Signer(key: key)
  }

  public func encode(_ message: Message) -> [[UInt8]] {
    let parts = [message.header.fields.bytes, message.parent.bytes, message.metadata.bytes, message.content.bytes]
    return message.identities + [Self.delimiter, signer.signature(of: parts)] + parts + message.buffers
  }

  /// Reads a message, whose signature must be right and new.
  public func decode(_ frames: [[UInt8]]) throws(WireError) -> Message {
    guard let delimiter = frames.firstIndex(of: Self.delimiter) else { throw .noDelimiter }
    guard frames.count >= delimiter + 6 else { throw .tooFewFrames }
    let signature = frames[delimiter + 1]
    let parts = frames[(delimiter + 2)..<(delimiter + 6)]
    if signer.signs {
      guard signer.verifies(signature, of: parts) else { throw .wrongSignature }
      guard seen.withLock({ $0.insert(signature) }) else { throw .replayed }
    }

    let start = parts.startIndex
    let headerFields: JSON.Object
    do { headerFields = try object(parts[start]) } catch { throw .malformedHeader }
    guard let header = Header(fields: headerFields) else { throw .malformedHeader }
    var message = Message(identities: Array(frames[..<delimiter]), header: header, buffers: Array(frames[parts.endIndex...]))
    do {
      message.parent = try object(parts[start + 1])
      message.metadata = try object(parts[start + 2])
      message.content = try object(parts[start + 3])
    } catch {
      throw .malformed(message, error)
    }
    return message
  }

  private func object(_ part: [UInt8]) throws(JSONError) -> JSON.Object {
    guard let object = try JSON(parsing: part).object else { throw JSONError(reason: .notAnObject, offset: 0) }
    return object
  }
}

/// Why frames are not a message to be obeyed.
public enum WireError: Error, Equatable, Sendable, CustomStringConvertible {
  case noDelimiter
  case tooFewFrames
  case wrongSignature
  case replayed
  case malformedHeader
  /// The sender is known, so that it can be told: what could be read, and what is wrong with the rest.
  case malformed(Message, JSONError)

  public var description: String {
    switch self {
    case .noDelimiter: "a message without <IDS|MSG>"
    case .tooFewFrames: "a message with missing frames"
    case .wrongSignature: "a message with a wrong signature"
    case .replayed: "a message that was seen before"
    case .malformedHeader: "a message without a readable header"
    case .malformed(let message, let error): "\(message.header.type) cannot be read: \(error)"
    }
  }
}
