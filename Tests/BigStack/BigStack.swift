import Glibc

/// Runs a body on a thread with a stack as large as a session gives its machine, and waits for it.
public func withBigStack<Result: Sendable>(_ body: @escaping @Sendable () -> Result) -> Result {
  let box = Box(body)
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  pthread_attr_setstacksize(&attributes, 512 << 20)
  var thread = pthread_t()
  let status = pthread_create(
    &thread, &attributes,
    { argument in
      if let argument { Unmanaged<Work>.fromOpaque(argument).takeUnretainedValue().run() }
      return nil
    }, Unmanaged<Work>.passUnretained(box).toOpaque())
  precondition(status == 0, "a thread can be made")
  pthread_join(thread, nil)
  guard let result = box.result else { preconditionFailure("the body ran to its end") }
  return result
}

private class Work {
  func run() {}
}

private final class Box<Result: Sendable>: Work {
  let body: @Sendable () -> Result
  var result: Result?

  init(_ body: @escaping @Sendable () -> Result) {
    self.body = body
  }

  override func run() { result = body() }
}
