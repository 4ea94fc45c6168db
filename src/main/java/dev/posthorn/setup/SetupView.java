package dev.posthorn.setup;

import dev.posthorn.setup.SetupFacts.Facts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Which set-up is in force, and what is still to do (EH-36).
///
/// @param option `microsoft365`: one sign-in for both directions; `company-address`: mail leaves from the company's own address and
///     comes from its mailbox or by forwarding; `provided-address`: the address that Posthorn gave the team
/// @param supportAddress what customers write to, as far as it is known: a form begins with it (OD-23)
/// @param forwardingAddress where the company's own address is to forward to
/// @param confirmations what providers asked before they forward here, the newest first: follow the link, or type the code there
@Schema(name = "TeamSetup")
public record SetupView(String option, String supportAddress, String forwardingAddress, List<StepView> steps, List<ConfirmationView> confirmations) {
  private static final String MICROSOFT365 = "microsoft365";

  /// One step.
  ///
  /// @param hint what to do where it is not done, or why it is not
  @Schema(name = "SetupStep")
  public record StepView(String name, boolean done, String hint) {}

  /// A provider asks whether mail may be forwarded here.
  ///
  /// @param provider `gmail`
  /// @param address who wants to forward, as far as the provider says so
  @Schema(name = "ForwardingConfirmation")
  public record ConfirmationView(UUID id, String provider, String address, String code, String link, Instant createdAt) {
    static ConfirmationView of(ForwardingConfirmation row) {
      return new ConfirmationView(row.id, row.provider, row.address, row.code, row.link, row.createdAt);
    }

    @Override
    public String toString() {
      return "ConfirmationView[" + id + "]";
    }
  }

  static SetupView of(Facts facts, boolean proven, List<ForwardingConfirmation> confirmations) {
    var steps = new ArrayList<StepView>();
    steps.add(new StepView("email-hub-on", facts.isOn(), "Switch the team's EmailHub on: until then its mail is held and nothing is sent."));
    steps.add(new StepView("agents-assigned", facts.hasAgents(), "Give the team's queue an agent: nobody else sees its tickets."));
    facts.mailboxKind().ifPresent(kind -> steps.add(new StepView("mailbox-connected", facts.mailboxState().filter("connected"::equals).isPresent(),
        facts.mailboxState().filter("needs-reauthorization"::equals).isPresent()
            ? "Sign in again, or give the new password: the provider lets us in no more."
            : "The mailbox does not answer as it should: its diagnosis says what is in the way.")));
    if (facts.mailboxKind().isEmpty() && facts.ownAddress().isPresent()) {
      steps.add(new StepView("forwarding-active", facts.isForwarded() || proven, "Let " + facts.ownAddress().get() + " forward to " + facts.forwardingAddress()
          + ", then prove it: POST /api/v1/teams/{id}/forwarding-tests. The forwarding guide says how at your provider."));
    }
    steps.add(new StepView("mail-received", facts.hasReceived(), "Write to " + supportAddress(facts) + " from an address outside of the company."));
    steps.add(new StepView("reply-sent", facts.hasSent(), "Answer a ticket of the team."));
    return new SetupView(option(facts), supportAddress(facts), facts.forwardingAddress(), steps,
        confirmations.stream().map(ConfirmationView::of).toList());
  }

  private static String option(Facts facts) {
    if (facts.mailboxKind().filter(MICROSOFT365::equals).isPresent()) {
      return MICROSOFT365;
    }
    return facts.mailboxKind().isPresent() || facts.ownAddress().isPresent() ? "company-address" : "provided-address";
  }

  private static String supportAddress(Facts facts) {
    return facts.mailboxAddress().or(facts::ownAddress).orElse(facts.forwardingAddress());
  }
}
