package dev.posthorn.sla;

/// The three times of a priority (TH-39), in minutes of working time since a ticket began; null where there is none.
///
/// @param reaction until somebody has answered
/// @param alarm until those who work on it are warned that the completion is near
/// @param completion until it is solved
public record Times(Integer reaction, Integer alarm, Integer completion) {
  public static final Times NONE = new Times(null, null, null);
}
