/// Whom we believe: SPF, DKIM and DMARC of a mail that came by SMTP, what a trusted server says of one that did not, and how
/// often a program of ours may speak to somebody.
///
/// Invariants: trouble with DNS is a result (`temperror`), never a lost mail; nothing that a stranger can write into a mail
/// makes anybody believed; asking the network happens outside of transactions. Table: `budget`.
package dev.posthorn.trust;
