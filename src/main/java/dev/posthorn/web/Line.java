package dev.posthorn.web;

import jakarta.validation.Constraint;
import jakarta.validation.OverridesAttribute;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// One line of text that says something: no control characters and no line separators, so that it can neither end a header
/// line (RFC 5322, section 2.2) nor garble a list; no halves of surrogate pairs, which no database stores.
@Size(min = 1)
@Pattern(regexp = "^(?=.*\\S)[^\\p{Cc}\\p{Cs}\\u2028\\u2029]*$")
@ReportAsSingleViolation
@Constraint(validatedBy = {})
@Target({ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Line {
  /// How many characters it has at most.
  @OverridesAttribute(constraint = Size.class, name = "max")
  int max() default 200;

  String message() default "must be one line of 1 to {max} characters, without control characters";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};
}
