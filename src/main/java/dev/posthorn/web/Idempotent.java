package dev.posthorn.web;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// On every POST: a request with an `Idempotency-Key` is done once, and answered the same whenever it comes again with
/// that key. The method runs in one transaction together with the row that keeps its answer, so it must not touch the
/// network. Streams, which cannot be compared, say [NotIdempotent] instead.
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Idempotent {
  /// Whether the answer holds a secret that is stored nowhere else. It is then kept encrypted under the caller's own key,
  /// which is not stored either.
  @Nonbinding
  boolean answersSecret() default false;
}
