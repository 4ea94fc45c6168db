package dev.posthorn.mail;

import java.util.List;
import java.util.regex.Pattern;

/// Finds where what is said ends and the signature begins: at `-- ` (RFC 3676, section 4.3), and at what telephones and
/// mail programs write of themselves under every mail.
final class SignatureLines {

  private static final int MAX_FOOTER = 160;
  /// `--` without its space is a signature only this near to the end.
  private static final int MAX_SIGNATURE = 12;

  /// How such a line begins, in the languages of its programs.
  private static final String BEGINS = "sent (?:from|via|with proton)|get outlook|this (?:message|e-?mail) was sent from"
      + "|gesendet (?:von|aus|mit proton)|von (?:meinem|unterwegs)|diese nachricht wurde von|outlook für|holen sie sich outlook"
      + "|laden sie outlook|envoyé (?:de|depuis|à partir)|télécharger? outlook|téléchargez outlook|obtenez outlook"
      + "|obtenir outlook|provenance|wysłan[eo] (?:z|za)|pobierz (?:program |aplikację )?outlook|sendt (?:fra|via)"
      + "|hent outlook|skaff deg outlook|få outlook|enviado (?:desde|do|de|via|a partir)|obtener outlook|obtén outlook"
      + "|descargar outlook|inviato (?:da|dal|dalla)|scarica outlook|ottieni outlook|verstuurd (?:vanaf|via)"
      + "|verzonden (?:vanaf|met|via|vanuit)|outlook voor|download outlook|obter (?:o )?outlook|baixar (?:o )?outlook"
      + "|obtenha (?:o )?outlook|transferir (?:o )?outlook|отправлено (?:с|из|через)|скачать outlook|получить outlook"
      + "|загрузить outlook|skickat från|lähetetty|odesláno z";

  /// What it then names.
  private static final String NAMES = "iphone|ipad|ipod|\\bios\\b|android|samsung|galaxy|huawei|xiaomi|redmi|pixel|nokia|sony|"
      + "blackberry|mobil|handy|smartphone|telefon|phone|téléphone|teléfono|celular|telefoon|telefono|telemóvel|телефон|"
      + "tablet|windows|outlook|yahoo|gmail|k-9|proton|thunderbird|spark|\\bmail\\b|courrier|correo|posta|poczt|почт";

  private static final Pattern FOOTER = Pattern.compile("(?iu)[\\s*_\\[(-]{0,4}(?:" + BEGINS + ")(?!\\p{L}).{0,100}?(?:" + NAMES + ").{0,80}");
  /// In Japanese the name comes first.
  private static final Pattern JAPANESE = Pattern.compile("(?iu)\\s{0,3}.{0,40}(?:iphone|ipad|android|outlook|yahoo|gmail|スマートフォン|携帯|windows|メール)"
      + ".{0,30}(?:から送信|から送信しました|を入手|を取得|から送信されました)(?:してください)?[。.]?(?:<.{0,80}>)?\\s{0,3}");
  private static final Pattern LINK_ALONE = Pattern.compile("\\s{0,3}<?https?://[^\\s]{1,100}>?\\s{0,3}");

  private SignatureLines() {
  }

  /// How many lines come before the signature.
  static int before(List<String> lines) {
    return beforeFooter(lines, beforeDashes(lines));
  }

  /// Whether nothing but a signature is here.
  static boolean isAll(List<String> lines) {
    return lines.subList(0, before(lines)).stream().allMatch(String::isBlank);
  }

  private static int beforeDashes(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.equals("-- ") || line.equals("--") && lines.size() - i <= MAX_SIGNATURE) {
        return i;
      }
    }
    return lines.size();
  }

  private static int beforeFooter(List<String> lines, int end) {
    int rest = end;
    for (int i = end - 1; i >= 0; i--) {
      String line = lines.get(i);
      if (isFooter(line)) {
        rest = i;
      } else if (!line.isBlank() && !(line.length() <= MAX_FOOTER && LINK_ALONE.matcher(line).matches())) {
        return rest;
      }
    }
    return rest;
  }

  private static boolean isFooter(String line) {
    return line.length() <= MAX_FOOTER && (FOOTER.matcher(line).matches() || JAPANESE.matcher(line).matches());
  }
}
