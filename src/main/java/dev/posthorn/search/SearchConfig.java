package dev.posthorn.search;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How tickets are found by their words.
@ConfigMapping(prefix = "posthorn.search")
public interface SearchConfig {
  /// Whether this process reads the words of new messages. What is not read is not found.
  @WithDefault("true")
  boolean enabled();

  /// How often to look for messages whose words are to be read.
  @WithDefault("1s")
  Duration pollInterval();

  /// Messages of one look. There is one look each interval, so that in a flood mail is filed first.
  @WithDefault("200")
  int batch();

  /// While more mail waits to be filed than one look reads, there is one look in so long.
  @WithDefault("30s")
  Duration yieldsFor();

  /// Characters of one message that are read, from its beginning.
  @WithDefault("200000")
  int maxTextLength();

  /// Different words of one message that it is found by.
  @WithDefault("5000")
  int maxWords();

  /// The longest question, in characters.
  @WithDefault("200")
  int maxQueryLength();

  /// The most words in one question.
  @WithDefault("20")
  int maxQueryWords();

  /// Tickets with the words asked for that are looked through for the other filters of a list, per page.
  @WithDefault("20000")
  int maxMatches();
}
