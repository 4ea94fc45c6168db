package dev.posthorn.web;

/// The words of [Role] as annotations need them: `@RolesAllowed({Roles.ADMIN, Roles.LEAD})`. A role does not include
/// another: each operation lists all who may.
public final class Roles {
  public static final String OPERATOR = "operator";
  public static final String ADMIN = "admin";
  public static final String LEAD = "lead";
  public static final String AGENT = "agent";
  public static final String REQUESTER = "requester";

  private Roles() {}
}
