package dev.posthorn.web;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/// Roles in tables are spelled as everywhere else.
@Converter
class RoleColumn implements AttributeConverter<Role, String> {
  @Override
  public String convertToDatabaseColumn(Role role) {
    return role == null ? null : role.word();
  }

  @Override
  public Role convertToEntityAttribute(String word) {
    return word == null ? null : Role.of(word);
  }
}
