package dev.posthorn.web;

import dev.posthorn.mail.Address;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A bare mail address, `local@domain`, without a name beside it.
@Constraint(validatedBy = MailAddress.Check.class)
@Target({ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface MailAddress {
  String message() default "must be a mail address: local@domain";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /// Asks [Address#parse].
  final class Check implements ConstraintValidator<MailAddress, String> {
    @Override
    public boolean isValid(String value, ConstraintValidatorContext context) {
      return value == null || Address.parse(value).filter(address -> address.address().equals(value)).isPresent();
    }
  }
}
