import Glibc
import JupyterWire
import Synchronization
import Testing

@testable import JupyterServer

/// Mutated messages, without sockets: what is read of a message and how it is answered.
///
///     WIRE_FUZZ_COUNT=1000000 WIRE_FUZZ_SEED=1 swift test --filter WireFuzzTests
@Suite struct WireFuzzTests {
  static func number(_ variable: String, default value: Int) -> Int {
    getenv(variable).flatMap { Int(String(cString: $0)) } ?? value
  }

  @Test(arguments: [Array("secret".utf8), []])
  func `no mutated message crashes the kernel, stays without its answer, or makes it grow`(key: [UInt8]) throws {
    let count = Self.number("WIRE_FUZZ_COUNT", default: 20_000) / 2
    let seed = UInt64(Self.number("WIRE_FUZZ_SEED", default: 1))
    let reasons = Mutex<[String: Int]>([:])
    let office = try Office(kernel: SteadyKernel(), key: key, stackSize: 1 << 20) { text in
      let reason = text.prefix { $0 != "'" && !$0.isNumber }
      reasons.withLock { $0[String(reason), default: 0] += 1 }
    }
    try office.dispatcher.start(office.shells.main)
    let reader = Codec(key: key)
    var mutator = MessageMutator(seed: seed, key: key)
    var types: [String: Int] = [:]
    var (asked, replies, unasked) = (0, 0, 0)
    var busy: Set<String> = []

    /// Takes what was sent and published so far.
    func take() {
      for outbox in [office.shellOutbox, office.controlOutbox] { replies += outbox.takeAll().count }
      guard case .messages(let messages) = office.publications.take(at: .now + .seconds(3600)) else { return }
      for message in messages where message.header.type == "status" {
        let parent = message.parent["msg_id"]?.string ?? ""
        if message.content["execution_state"] == "busy" {
          busy.insert(parent)
        } else if busy.remove(parent) == nil {
          unasked += 1
        }
      }
    }

    var before = 0
    for number in 0..<count {
      let frames = mutator.next()
      // Read apart, to know whether the sender must get an answer.
      if let type = Self.type(of: frames, reader) {
        types[type, default: 0] += 1
        if type.hasSuffix("_request") { asked += 1 }
      }
      let isControl = number % 3 == 0
      _ = office.dispatcher.receive(
        frames, at: isControl ? .control : .shell, outbox: isControl ? office.controlOutbox : office.shellOutbox)
      if let reply = try? reader.decode(frames), reply.header.type == "input_reply" { office.input.accept(reply) }
      take()
      if number == count / 4 { before = Self.residentBytes }
    }
    // The cells that still wait.
    let deadline = ContinuousClock.now + .seconds(60)
    while replies < asked, .now < deadline {
      usleep(1000)
      take()
    }
    let growth = Self.residentBytes - before
    office.shells.close()

    #expect(replies == asked)
    #expect(busy.isEmpty && unasked == 0)
    #expect(growth < 64 << 20)
    let known = Set(MessageMutator.kinds.map(\.type))
    #expect(Set(types.keys).isSuperset(of: known))
    if getenv("WIRE_FUZZ_COUNT") != nil {
      let kinds = types.filter { known.contains($0.key) }
      print(
        "\(count) messages, seed \(seed), \(key.isEmpty ? "unsigned" : "signed"): \(kinds.count) of \(known.count) types, "
          + "\(types.values.reduce(0, +)) readable, \(asked) requests, \(replies) replies, grown by \(growth >> 10) KiB")
      for (reason, times) in reasons.withLock({ $0 }).sorted(by: { $0.value > $1.value }).prefix(40) {
        print("  \(times) × \(reason)")
      }
    }
  }

  /// The type of a message that can be read well enough to be answered; `nil` for one to be dropped.
  private static func type(of frames: [[UInt8]], _ reader: Codec) -> String? {
    do {
      return try reader.decode(frames).header.type
    } catch WireError.malformed(let message, _) {
      return message.header.type
    } catch {
      return nil
    }
  }

  private static var residentBytes: Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var (size, resident) = (0, 0)
    withUnsafeMutablePointer(to: &size) { size in
      withUnsafeMutablePointer(to: &resident) { resident in
        _ = withVaList([size, resident]) { vfscanf(file, "%ld %ld", $0) }
      }
    }
    return resident * 4096
  }
}

/// A kernel whose cells neither wait nor ask.
private final class SteadyKernel: Kernel {
  let info = KernelInfo(
    implementation: "steady", version: "1", banner: "",
    language: .init(
      name: "l", version: "1", mimeType: "text/plain", fileExtension: ".l", pygmentsLexer: "text", codeMirrorMode: "text"))
  let answersWhileBusy: Bool = true
  let hasSubshells = true

  func makeSubshell() -> (any KernelShell)? { SteadyKernel() }

  func execute(_ request: ExecuteRequest, output: any KernelOutput) throws(Failure) -> [Payload] {
    output.stream(.standard, String(request.code.prefix(100)))
    if request.code.contains("fail") { throw Failure(name: "Failed", message: request.code, traceback: []) }
    output.result(bundle(request.code))
    return []
  }

  func evaluate(_ expression: String, output: any KernelOutput) throws(Failure) -> MIMEBundle { bundle(expression) }

  func complete(_ code: String, cursor: Cursor) -> Completions {
    Completions([Completion(String(code[..<cursor.index(in: code)].suffix(10)))], replacing: 0..<cursor.offset)
  }

  func inspect(_ code: String, cursor: Cursor, detail: DetailLevel) -> MIMEBundle? {
    bundle(String(code[cursor.index(in: code)...].prefix(10)))
  }

  func isComplete(_ code: String) -> Completeness { .complete }

  func history(_ request: HistoryRequest) -> [HistoryEntry] { [] }

  func interrupt() {}
  let isInterrupted = false
  func forgetInterrupt() {}
  func shutdown(restart: Bool) {}

  private func bundle(_ text: String) -> MIMEBundle { MIMEBundle(data: ["text/plain": .string(text)]) }
}
