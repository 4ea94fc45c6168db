package dev.posthorn.setup;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What to do at a provider so that an address forwards (AT-10, OD-12). Sources: the providers' help pages on forwarding.
enum ForwardingGuide {
  GMAIL("gmail", "Gmail and Google Workspace", List.of(
      "In Gmail, signed in as {from}: Settings, See all settings, Forwarding and POP/IMAP, Add a forwarding address.",
      "Type {to} and confirm. Google sends a mail with a code to {to}: it is shown in the team's set-up (`confirmations`). Follow its link, or type the code.",
      "Choose \"Forward a copy of incoming mail to {to}\" and save.",
      "In Google Workspace an administrator can do the same for the address in the Admin console: Apps, Google Workspace, Gmail, Default routing.")),
  MICROSOFT365("microsoft365", "Microsoft 365", List.of(
      "In the Microsoft 365 admin center: Users, Active users, {from}, Mail, Manage email forwarding. For a shared mailbox: Teams and groups, Shared mailboxes.",
      "Forward all mail to {to}; keep a copy if it shall stay in the mailbox too.",
      "Microsoft 365 refuses automatic forwarding to outside by default (550 5.7.520). In the Defender portal: Policies, Anti-spam, outbound policy, allow automatic forwarding for {from}.")),
  OUTLOOK_COM("outlook.com", "Outlook.com", List.of(
      "In Outlook on the web, signed in as {from}: Settings, Mail, Forwarding.",
      "Enable forwarding, type {to}, keep a copy, save. Microsoft may ask to verify the account first.")),
  YAHOO("yahoo", "Yahoo Mail", List.of(
      "In Yahoo Mail, signed in as {from}: Settings, More Settings, Mailboxes, the mailbox, Forwarding. Some accounts must pay for it.",
      "Type {to} and verify it: the mail that Yahoo sends becomes a ticket here. Follow its link.")),
  ICLOUD("icloud", "iCloud Mail", List.of(
      "On icloud.com, signed in as {from}: Mail, the gear, Settings, Mail Forwarding.",
      "Forward to {to}.")),
  CPANEL("cpanel", "cPanel (many web hosters)", List.of(
      "In cPanel: Email, Forwarders, Add Forwarder.",
      "The address is {from}, the destination {to}.")),
  OTHER("other", "Any other provider", List.of(
      "Find forwarding (redirect, alias) in the settings of {from} or of its domain, and forward all mail to {to}.",
      "Forward on the server, without a rule that changes the sender or the subject. Where the provider offers SRS, use it.",
      "If the provider sends a mail to confirm the address, it becomes a ticket here."));

  private final String word;
  private final String provider;
  private final List<String> steps;

  ForwardingGuide(String word, String provider, List<String> steps) {
    this.word = word;
    this.provider = provider;
    this.steps = steps;
  }

  static Optional<ForwardingGuide> of(String word) {
    return Arrays.stream(values()).filter(guide -> guide.word.equals(word)).findFirst();
  }

  String word() {
    return word;
  }

  String provider() {
    return provider;
  }

  /// With the addresses in their places.
  List<String> steps(String from, String to) {
    return steps.stream().map(step -> step.replace("{from}", from).replace("{to}", to)).toList();
  }
}
