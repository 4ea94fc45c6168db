package dev.posthorn.login;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/// What an invitation says, in English; in other languages in `messages/invitation_<language>.properties`. Checked when the application
/// is built.
@MessageBundle("invitation")
interface InvitationWords {
  @Message("{company} invites you to Posthorn")
  String subject(String company);

  @Message("admin")
  String admin();

  @Message("lead")
  String lead();

  @Message("agent")
  String agent();

  @Message("""
      Hello {name},

      {company} invites you to answer its mail in Posthorn, as {role}.

      {link}

      The link is good once, until {until}. Whoever has it may join in your place: do not pass it on.
      If you do not know {company}, do nothing.
      """)
  String text(String name, String company, String role, String link, String until);
}
