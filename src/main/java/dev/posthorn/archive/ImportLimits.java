package dev.posthorn.archive;

import dev.posthorn.intake.IntakeConfig;

/// How much of a file that somebody brings is read, and how much of it at once.
///
/// @param itemBytes of the JSON of one ticket or person
/// @param itemValues of the same: values, names and brackets
/// @param items that one import has
/// @param messages of one ticket
/// @param people who are named beside the tickets
/// @param refused items after which no further one is tried
/// @param inflatedBytes of what is read of a zip altogether
/// @param directoryBytes of the list of a zip's files
/// @param mailBytes of one mail
/// @param memoryBytes of one mail in memory
record ImportLimits(int itemBytes, int itemValues, int items, int messages, int people, int refused, long inflatedBytes, long directoryBytes, long mailBytes,
    int memoryBytes) {
  static ImportLimits of(ArchiveConfig config, IntakeConfig mails) {
    return new ImportLimits(config.maxItemBytes(), config.maxItemValues(), config.maxItems(), config.maxTicketMessages(), config.maxPeople(), config.maxRefused(),
        config.maxInflatedBytes(), config.maxDirectoryBytes(), mails.maxMailBytes(), config.memoryBytes());
  }
}
