package dev.posthorn.sla;

/// What the clocks of a priority's tickets go by.
public record Pace(Times times, BusinessHours hours) {
  /// No clocks at all.
  public static final Pace NONE = new Pace(Times.NONE, BusinessHours.ALWAYS);
}
