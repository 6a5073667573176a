import Tensors

/// Where in the program the instructions of a plan come from.
public struct PlanListing {
  /// By instruction: the place of the last operation that it carries out.
  public let sites: [Int32]

  init(_ lowering: Lowering) {
    let units = lowering.schedule.units
    sites = lowering.unitOfInstruction.map { unit in
      guard unit < units.count, let node = lowering.schedule.nodes(of: units[unit]).last else { return Recorder.noSite }
      return lowering.graph.nodes[node].site
    }
  }
}
