package dev.posthorn.trust;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.james.jdkim.api.Headers;

/// What one server that passed a mail on has added (RFC 8617, section 4): what it found out, a signature of the mail as it was,
/// and a seal over all that stood there.
///
/// @param results   ARC-Authentication-Results, the whole field
/// @param signature ARC-Message-Signature, the whole field
/// @param seal      ARC-Seal, the whole field
record ArcSet(int instance, String results, String signature, String seal) {
  private static final Pattern SIGNATURE = Pattern.compile("((?:^|;)\\s*b\\s*=)[^;]*");
  private static final Pattern LAST_END = Pattern.compile(";?\\s*\\z");
  private static final Pattern TAG_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
  private static final Pattern OF_RESULTS = Pattern.compile("\\s*i\\s*=\\s*(\\d{1,3})\\s*(?:;|$)");

  /// The chain is not one (RFC 8617, section 5.2).
  static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    Broken(String why) {
      super(why);
    }
  }

  /// The sets of a mail, the first one first; none where nobody has sealed it.
  ///
  /// @throws Broken a set is not whole, is there twice, or is missing
  static List<ArcSet> of(Headers mail) throws Broken {
    var results = byInstance(mail, "ARC-Authentication-Results");
    var signatures = byInstance(mail, "ARC-Message-Signature");
    var seals = byInstance(mail, "ARC-Seal");
    if (results.size() != seals.size() || signatures.size() != seals.size()) {
      throw new Broken("A set is not whole");
    }
    var sets = new ArrayList<ArcSet>();
    for (int instance = 1; instance <= seals.size(); instance++) {
      if (!results.containsKey(instance) || !signatures.containsKey(instance) || !seals.containsKey(instance)) {
        throw new Broken("The set " + instance + " is missing");
      }
      var set = new ArcSet(instance, results.get(instance), signatures.get(instance), seals.get(instance));
      if (!set.chainValidation().equals(instance == 1 ? "none" : "pass")) {
        throw new Broken("The set " + instance + " does not stand behind those before");
      }
      sets.add(set);
    }
    return sets;
  }

  private static Map<Integer, String> byInstance(Headers mail, String name) throws Broken {
    var found = new HashMap<Integer, String>();
    for (var field : mail.getFields(name)) {
      if (found.put(instance(field), field) != null) {
        throw new Broken("A set is there twice");
      }
    }
    return found;
  }

  private static int instance(String field) throws Broken {
    var ofResults = OF_RESULTS.matcher(value(field));
    var number = ofResults.lookingAt() ? ofResults.group(1) : tags(field).getOrDefault("i", "");
    if (!number.matches("\\d{1,3}")) {
      throw new Broken("A field without an instance");
    }
    return Integer.parseInt(number);
  }

  private String chainValidation() throws Broken {
    return tags(seal).getOrDefault("cv", "").toLowerCase(Locale.ROOT);
  }

  /// Who has sealed; in lower case.
  String sealer() throws Broken {
    return tag(seal, "d").toLowerCase(Locale.ROOT);
  }

  /// A tag of one of the fields.
  ///
  /// @throws Broken it is not there
  static String tag(String field, String name) throws Broken {
    return Optional.ofNullable(tags(field).get(name)).filter(value -> !value.isEmpty()).orElseThrow(() -> new Broken("No tag " + name));
  }

  /// Tags by name (RFC 6376, section 3.2), without white space.
  ///
  /// @throws Broken a tag is there twice, or is none
  static Map<String, String> tags(String field) throws Broken {
    var tags = new HashMap<String, String>();
    // Only the last tag may be followed by nothing.
    for (var part : LAST_END.matcher(value(field)).replaceFirst("").split(";", -1)) {
      int equals = part.indexOf('=');
      if (equals < 0 || !TAG_NAME.matcher(part.substring(0, equals).strip()).matches() || tags.put(part.substring(0, equals).strip(), part.substring(equals + 1).replaceAll("\\s+", "")) != null) {
        throw new Broken("A tag is none, or is there twice");
      }
    }
    return tags;
  }

  static String value(String field) {
    return field.substring(field.indexOf(':') + 1);
  }

  /// The field as it was signed: without the signature itself.
  static String unsigned(String field) {
    int colon = field.indexOf(':') + 1;
    return field.substring(0, colon) + SIGNATURE.matcher(field.substring(colon)).replaceFirst("$1");
  }
}
