package dev.posthorn.ticket;

import dev.posthorn.mail.OutgoingHtml;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Texts with `{{variables}}`. There is nothing in them but names: no conditions, no loops, no calls, so that a template can say
/// nothing that it was not given. Pure.
final class TemplateText {
  private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([^{}]{0,100}?)\\s*}}");

  /// Stands in for a variable while HTML is cleaned: nothing in it means anything to HTML or to a URL.
  private static final String STAND_IN = "posthornvariable";

  private TemplateText() {}

  /// What is wrong with a text: the first variable that there is not, or braces that name none.
  static Optional<String> fault(String text) {
    for (var found = VARIABLE.matcher(text); found.find();) {
      var name = found.group(1);
      if (TemplateVariable.of(name).isEmpty()) {
        return Optional.of("There is no variable {{" + name + "}}. There are: " + TemplateVariable.names() + ".");
      }
    }
    var rest = VARIABLE.matcher(text).replaceAll("");
    return rest.contains("{{") || rest.contains("}}") ? Optional.of("Braces that name no variable.") : Optional.empty();
  }

  /// @param values never null
  static String fill(String text, Function<TemplateVariable, String> values) {
    return VARIABLE.matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(TemplateVariable.of(found.group(1)).map(values).orElse("")));
  }

  /// Clean HTML with its variables as they were.
  static String clean(String html) {
    var names = new ArrayList<String>();
    var stood = VARIABLE.matcher(html).replaceAll(found -> {
      names.add(found.group(1));
      return STAND_IN + (names.size() - 1) + "x";
    });
    var cleaned = OutgoingHtml.sanitize(stood);
    return Pattern.compile(STAND_IN + "(\\d{1,6})x").matcher(cleaned).replaceAll(found -> {
      int number = Integer.parseInt(found.group(1));
      return Matcher.quoteReplacement(number < names.size() ? "{{" + names.get(number) + "}}" : found.group());
    });
  }

  /// The text as HTML shows it.
  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
  }
}
