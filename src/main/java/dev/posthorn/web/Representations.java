package dev.posthorn.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;

/// What a resource method was asked and what it answers, as text that can be compared and kept.
@ApplicationScoped
class Representations {
  private final ObjectWriter json;
  private final ObjectWriter canonical;

  Representations(ObjectMapper mapper) {
    this.json = mapper.writer();
    // The same fields in another order are the same request.
    this.canonical = mapper.writer().with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).with(JsonNodeFeature.WRITE_PROPERTIES_SORTED);
  }

  /// A hash of everything that the client asked: path and query parameters and the body, after they were read.
  byte[] hashOf(InvocationContext call) {
    var asked = new LinkedHashMap<String, Object>();
    var parameters = call.getMethod().getParameters();
    for (int i = 0; i < parameters.length; i++) {
      if (ofClient(parameters[i])) {
        asked.put(String.valueOf(i), call.getParameters()[i]);
      }
    }
    return Hash.sha256(write(canonical, asked));
  }

  private static boolean ofClient(Parameter parameter) {
    if (InputStream.class.isAssignableFrom(parameter.getType())) {
      throw new IllegalStateException("A stream cannot be compared: this POST is to say @NotIdempotent");
    }
    return !parameter.isAnnotationPresent(Context.class);
  }

  /// What the client is going to get.
  KeptAnswer answerOf(Method method, Object result) {
    return switch (result) {
      case Response response -> new KeptAnswer(response.getStatus(), text(response.getHeaderString(HttpHeaders.LOCATION)), body(response.getEntity()));
      case RestResponse<?> response -> new KeptAnswer(response.getStatus(), text(response.getHeaders().getFirst(HttpHeaders.LOCATION)), body(response.getEntity()));
      case null -> new KeptAnswer(status(method, 204), null, null);
      default -> new KeptAnswer(status(method, 200), null, body(result));
    };
  }

  private static int status(Method method, int otherwise) {
    var declared = method.getAnnotation(ResponseStatus.class);
    return declared == null ? otherwise : declared.value();
  }

  private String body(Object entity) {
    return entity == null ? null : new String(write(json, entity), StandardCharsets.UTF_8);
  }

  private static String text(Object header) {
    return header == null ? null : header.toString();
  }

  private static byte[] write(ObjectWriter writer, Object value) {
    try {
      return writer.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A value of ours cannot be written as JSON", e);
    }
  }
}
