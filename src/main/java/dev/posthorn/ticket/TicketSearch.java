package dev.posthorn.ticket;

import dev.posthorn.search.Question;
import dev.posthorn.search.Questions;
import dev.posthorn.search.SearchConfig;
import dev.posthorn.search.SearchIndex;
import dev.posthorn.search.SearchIndex.Match;
import dev.posthorn.web.Cursor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// Goes through the tickets that have the words asked for, newest first, in steps that grow, until a page is full of those
/// that the list's other filters let through. How many are looked through has an end.
@ApplicationScoped
class TicketSearch {
  private static final int GROWTH = 4;

  private final SearchIndex index;
  private final Questions questions;
  private final SearchConfig config;

  TicketSearch(SearchIndex index, Questions questions, SearchConfig config) {
    this.index = index;
    this.questions = questions;
    this.config = config;
  }

  /// @param after null for the first page
  /// @param filtered which of these tickets the list shows, in its order
  List<Ticket> page(TicketFilter filter, Cursor after, int atMost, Function<Collection<UUID>, List<Ticket>> filtered) {
    var found = new ArrayList<Ticket>();
    var place = after == null ? null : new Match(after.id(), filter.byLastMessage() ? after.instant() : null);
    through(filter, place, atMost, ids -> {
      found.addAll(filtered.apply(ids));
      return found.size() < atMost;
    });
    return List.copyOf(found.subList(0, Math.min(atMost, found.size())));
  }

  /// Of those that are looked through.
  long count(TicketFilter filter, ToLongFunction<Collection<UUID>> filtered) {
    var total = new long[1];
    through(filter, null, config.maxMatches(), ids -> {
      total[0] += filtered.applyAsLong(ids);
      return true;
    });
    return total[0];
  }

  /// One look at some of them.
  private interface Look {
    /// @return whether to go on
    boolean at(Collection<UUID> ids);
  }

  private void through(TicketFilter filter, Match from, int first, Look look) {
    var question = questions.read(filter.q);
    var place = from;
    int looked = 0;
    for (int step = first; looked < config.maxMatches(); step *= GROWTH) {
      int wanted = Math.min(step, config.maxMatches() - looked);
      var matches = index.matches(question, filter.byLastMessage(), place, wanted);
      looked += matches.size();
      if (matches.isEmpty() || !look.at(matches.stream().map(Match::ticketId).toList()) || matches.size() < wanted) {
        return;
      }
      place = matches.getLast();
    }
  }
}
