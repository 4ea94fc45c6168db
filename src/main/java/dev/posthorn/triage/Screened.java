package dev.posthorn.triage;

import dev.posthorn.mail.Classification;
import dev.posthorn.mail.Reason;
import dev.posthorn.mail.Report;
import java.util.List;
import java.util.Optional;

/// What a mail is, seen before anybody asks where it belongs.
///
/// @param report what it reports on another mail, if that is what it is
/// @param silence why it must not be answered by a program; empty if it may be
record Screened(Classification classification, Optional<Report> report, List<Reason> silence) {}
