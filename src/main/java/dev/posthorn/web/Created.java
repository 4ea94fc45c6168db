package dev.posthorn.web;

import java.net.URI;
import org.jboss.resteasy.reactive.RestResponse;

/// The answer to a POST that made something: 201, where it is, and how it looks.
public final class Created {
  private Created() {}

  /// @param path from the root, `/api/v1/teams/<id>`
  public static <V> RestResponse<V> at(String path, V view) {
    return RestResponse.ResponseBuilder.<V>created(URI.create(path)).entity(view).build();
  }
}
