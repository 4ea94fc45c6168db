package dev.posthorn.web;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.IllformedLocaleException;
import java.util.Locale;

/// A language as BCP 47 writes it (RFC 5646, section 2.1): `en`, `pt-BR`, `zh-Hant`.
@Constraint(validatedBy = LanguageTag.Check.class)
@Target({ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface LanguageTag {
  String message() default "must be a language tag (BCP 47), for example en or pt-BR";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /// Well-formed, names a language by two or three letters (no longer name was ever registered), and no longer than the
  /// longest that RFC 5646 (section 4.4.1) expects.
  final class Check implements ConstraintValidator<LanguageTag, String> {
    private static final int MAX_LENGTH = 35;

    @Override
    public boolean isValid(String value, ConstraintValidatorContext context) {
      if (value == null) {
        return true;
      }
      try {
        var language = new Locale.Builder().setLanguageTag(value).build().getLanguage();
        return value.length() <= MAX_LENGTH && (language.length() == 2 || language.length() == 3);
      } catch (IllformedLocaleException e) {
        return false;
      }
    }
  }
}
