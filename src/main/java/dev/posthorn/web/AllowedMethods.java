package dev.posthorn.web;

import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;

/// The methods of a path, for `Allow`: a 405 must have it (RFC 9110, section 15.5.6), and the framework leaves it out.
final class AllowedMethods {
  private AllowedMethods() {}

  static SortedSet<String> ofCurrentRequest() {
    var request = CurrentRequestManager.get();
    var path = request.getPathWithoutPrefix();
    var classes = new RequestMapper<>(request.getDeployment().getClassMappers());
    var methods = new TreeSet<String>();
    for (var match = classes.map(path); match != null; match = classes.continueMatching(path, match)) {
      collect(match, methods);
    }
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return methods;
  }

  private static void collect(RequestMapper.RequestMatch<RestInitialHandler.InitialMatch> match, TreeSet<String> methods) {
    var remaining = match.remaining.isEmpty() ? "/" : match.remaining;
    for (var step : match.value.handlers) {
      if (step instanceof ClassRoutingHandler ofClass) {
        ofClass.getMappers().forEach((method, paths) -> {
          if (Objects.nonNull(method) && paths.map(remaining) != null) {
            methods.add(method);
          }
        });
      }
    }
  }
}
