package dev.posthorn.connector;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/// Mails that are durable already, the latest of them: providers list a mail again when anything of it changes, the read flag that we set
/// too.
public final class Landed {
  private static final int REMEMBERED = 2000;

  private final Map<String, Boolean> ids = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
      return size() > REMEMBERED;
    }
  };

  public void add(Collection<String> references) {
    references.forEach(reference -> ids.put(reference, true));
  }

  public boolean has(String reference) {
    return ids.containsKey(reference);
  }
}
