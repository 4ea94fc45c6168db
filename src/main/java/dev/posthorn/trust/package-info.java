/// Whom we believe: SPF, DKIM and DMARC of a mail that came by SMTP, what a trusted server says of one that did not, and how
/// often a program of ours may speak to somebody. And why others believe us: the signatures of tenants' own domains.
///
/// Invariants: trouble with DNS is a result (`temperror`), never a lost mail; nothing that a stranger can write into a mail
/// makes anybody believed; asking the network happens outside of transactions. Tables: `budget`, `sending_domain`.
package dev.posthorn.trust;
