package dev.posthorn.web;

import java.util.Map;

/// How people are told, on the pages of a room, what programs are told by a problem. One for each room that has pages.
public interface ProblemPages {
  /// A page in HTML.
  ///
  /// @param headers what it needs beside its type
  record Shown(String html, Map<String, String> headers) {}

  /// Whether what lies under this path is a page of the room's.
  boolean has(String path);

  /// The page that says it.
  ///
  /// @param detail empty where the title says it all
  Shown of(String title, String detail);
}
