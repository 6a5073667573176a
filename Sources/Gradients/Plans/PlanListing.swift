import Tensors

/// What each instruction of a plan is for, for a person to read.
struct PlanListing {
  init(_ lowering: Lowering) {}
}
