package dev.posthorn.web;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;

/// Everybody who looks at a path sees the same one. REST takes what follows a semicolon out of each segment before it looks for the
/// operation (matrix parameters, Jakarta REST, section 3.2); who asks for keys, scopes and limits before it does not. We have none
/// of these parameters, so a path with one is refused before anybody decides on it.
@ApplicationScoped
class PlainPaths {
  /// Behind [SafeHeaders], before the check of the key.
  private static final int EARLY = -999;

  private final ProblemRoutes problems;

  PlainPaths(ProblemRoutes problems) {
    this.problems = problems;
  }

  void install(@Observes Router router) {
    router.route().order(EARLY).handler(request -> {
      if (isPlain(request.request().path())) {
        request.next();
      } else {
        problems.answer(request, Refusal.of(ProblemKind.INVALID_REQUEST, "No path has a semicolon."));
      }
    });
  }

  /// Whether nobody can read it in two ways. An encoded semicolon separates nothing (RFC 3986, section 2.2), but whoever stands in
  /// front may have it decoded. Pure.
  ///
  /// @param path as it was sent; null for none
  static boolean isPlain(String path) {
    return path == null || path.indexOf(';') < 0 && !path.toLowerCase(Locale.ROOT).contains("%3b");
  }
}
