package dev.posthorn.web;

/// What a POST answered, as it is kept.
///
/// @param location null where the answer had none
/// @param body JSON; null where the answer had none
record KeptAnswer(int status, String location, String body) {
  @Override
  public String toString() {
    return "KeptAnswer[" + status + "]";
  }
}
