package dev.posthorn.tenant;

/// A tenant has just been founded, in the running transaction and inside its [Tenancy]. Each room puts in what a new
/// tenant finds there; the order is the order of the rooms, given by the observers' priorities.
public record Founded(Tenant tenant) {
  /// Observer priorities, in the order of the rooms.
  public static final int TEAM = 100;

  public static final int CHANNEL = 200;
  public static final int QUEUE = 300;
  public static final int SLA = 400;
  public static final int TICKET = 500;
}
