package dev.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.mail.QuoteSplitter.Confidence;
import dev.posthorn.mail.QuoteSplitter.Split;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is new in answers as each mail program writes them, in each of its languages (P-50).
class AnswersOfClientsTest {
  private static final String NEW = "Yes, since Monday.\n\nIt drips on 02.03.2026 at 09:15 too.";
  private static final String OLD = "Does it still drip?";

  private static final String ATTRIBUTIONS = """
      gmail       | en | On Mon, Mar 2, 2026 at 9:15 AM Desk <desk@x.example> wrote:
      gmail       | de | Am Mo., 2. März 2026 um 09:15 Uhr schrieb Desk <desk@x.example>:
      gmail       | fr | Le lun. 2 mars 2026 à 09:15, Desk <desk@x.example> a écrit :
      gmail       | pl | pon., 2 mar 2026 o 09:15 Desk <desk@x.example> napisał(a):
      gmail       | no | man. 2. mars 2026 kl. 09:15 skrev Desk <desk@x.example>:
      gmail       | es | El lun, 2 mar 2026 a las 9:15, Desk (<desk@x.example>) escribió:
      gmail       | it | Il giorno lun 2 mar 2026 alle ore 09:15 Desk <desk@x.example> ha scritto:
      gmail       | nl | Op ma 2 mrt 2026 om 09:15 schreef Desk <desk@x.example>:
      gmail       | pt | Em seg., 2 de mar. de 2026 às 09:15, Desk <desk@x.example> escreveu:
      gmail       | pt | Desk <desk@x.example> escreveu (segunda, 2/03/2026 à(s) 09:15):
      gmail       | ru | пн, 2 мар. 2026 г. в 09:15, Desk <desk@x.example>:
      gmail       | ja | 2026年3月2日(月) 9:15 Desk <desk@x.example>:
      apple       | en | On 2 Mar 2026, at 09:15, Desk <desk@x.example> wrote:
      apple       | de | Am 02.03.2026 um 09:15 schrieb Desk <desk@x.example>:
      apple       | fr | Le 2 mars 2026 à 09:15, Desk <desk@x.example> a écrit :
      apple       | pl | Wiadomość napisana przez Desk <desk@x.example> w dniu 2 mar 2026, o godz. 09:15:
      apple       | no | 2. mars 2026 kl. 09:15 skrev Desk <desk@x.example>:
      apple       | es | El 2 mar 2026, a las 9:15, Desk <desk@x.example> escribió:
      apple       | it | Il giorno 2 mar 2026, alle ore 09:15, Desk <desk@x.example> ha scritto:
      apple       | nl | Op 2 mrt 2026, om 09:15 heeft Desk <desk@x.example> het volgende geschreven:
      apple       | pt | No dia 02/03/2026, às 09:15, Desk <desk@x.example> escreveu:
      apple       | ru | 2 марта 2026 г., в 09:15, Desk <desk@x.example> написал(а):
      apple       | ja | 2026/03/02 9:15、Desk <desk@x.example>のメール:
      thunderbird | en | On 02/03/2026 09:15, Desk wrote:
      thunderbird | de | Am 02.03.26 um 09:15 schrieb Desk:
      thunderbird | fr | Le 02/03/2026 à 09:15, Desk a écrit :
      thunderbird | pl | W dniu 2.03.2026 o 09:15, Desk pisze:
      thunderbird | no | Den 02.03.2026 09:15, skrev Desk:
      thunderbird | es | El 2/3/26 a las 9:15, Desk escribió:
      thunderbird | it | Il 02/03/2026 09:15, Desk ha scritto:
      thunderbird | nl | Op 02-03-2026 om 09:15 schreef Desk:
      thunderbird | pt | Às 09:15 de 02/03/2026, Desk escreveu:
      thunderbird | ru | 02.03.2026 9:15, Desk пишет:
      thunderbird | ja | 2026/03/02 9:15, Desk さんは書きました:
      yahoo       | en | On Monday, March 2, 2026 at 09:15:00 AM GMT+1, Desk <desk@x.example> wrote:
      yahoo       | de | Am Montag, 2. März 2026 um 09:15:00 MEZ hat Desk <desk@x.example> Folgendes geschrieben:
      yahoo       | fr | Le lundi 2 mars 2026 à 09:15:00 UTC+1, Desk <desk@x.example> a écrit :
      yahoo       | pl | W dniu poniedziałek, 2 marca 2026 09:15:00 CET użytkownik Desk <desk@x.example> napisał:
      yahoo       | no | mandag 2. mars 2026 kl. 09:15:00 CET skrev Desk <desk@x.example>:
      yahoo       | es | El lunes, 2 de marzo de 2026, 09:15:00 CET, Desk <desk@x.example> escribió:
      yahoo       | it | Il lunedì 2 marzo 2026 alle ore 09:15:00 CET, Desk <desk@x.example> ha scritto:
      yahoo       | nl | Op maandag 2 maart 2026 om 09:15:00 CET schreef Desk <desk@x.example>:
      yahoo       | pt | Em segunda-feira, 2 de março de 2026 09:15:00 BRT, Desk <desk@x.example> escreveu:
      yahoo       | ru | В понедельник, 2 марта 2026 г., 09:15:00 GMT+3, Desk <desk@x.example> написал(-а):
      yahoo       | ja | 2026年3月2日月曜日 9:15:00 JST、Desk <desk@x.example>さんが書きました:
      mutt        | en | On Mon, Mar 02, 2026 at 09:15:00AM +0100, Desk wrote:
      kmail       | de | Am Montag, 2. März 2026, 09:15:00 CET schrieb Desk:
      """;

  private static final String OUTLOOK_HEADERS = """
      en | Original Message        | From         | Sent      | To   | Subject
      de | Ursprüngliche Nachricht | Von          | Gesendet  | An   | Betreff
      fr | Message d'origine       | De           | Envoyé    | À    | Objet
      pl | Oryginalna wiadomość    | Od           | Wysłano   | Do   | Temat
      no | Opprinnelig melding     | Fra          | Sendt     | Til  | Emne
      es | Mensaje original        | De           | Enviado el | Para | Asunto
      it | Messaggio originale     | Da           | Inviato   | A    | Oggetto
      nl | Oorspronkelijk bericht  | Van          | Verzonden | Aan  | Onderwerp
      pt | Mensagem original       | De           | Enviada em | Para | Assunto
      ru | Исходное сообщение      | От           | Отправлено | Кому | Тема
      ja | 元のメッセージ             | 差出人        | 送信日時   | 宛先 | 件名
      """;

  private static final String FOOTERS = """
      en | Sent from my iPhone
      en | Get Outlook for iOS<https://aka.ms/o0ukef>
      en | Sent from my Samsung Galaxy smartphone.
      en | Sent from Yahoo Mail on Android
      en | Sent from Mail for Windows
      de | Von meinem iPhone gesendet
      de | Outlook für iOS beziehen
      de | Gesendet von Yahoo Mail auf Android
      de | Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.
      fr | Envoyé de mon iPhone
      fr | Télécharger Outlook pour iOS
      fr | Provenance : Courrier pour Windows
      pl | Wysłane z iPhone'a
      pl | Pobierz aplikację Outlook dla systemu Android
      no | Sendt fra min iPhone
      no | Hent Outlook for iOS
      es | Enviado desde mi iPhone
      es | Obtener Outlook para Android
      it | Inviato da iPhone
      it | Scarica Outlook per iOS
      nl | Verstuurd vanaf mijn iPhone
      nl | Outlook voor Android downloaden
      pt | Enviado do meu iPhone
      pt | Obter o Outlook para iOS
      ru | Отправлено с iPhone
      ru | Скачать Outlook для Android
      ja | iPhoneから送信
      ja | Outlook for iOS を入手
      """;

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = ATTRIBUTIONS)
  void plainAnswersAreWithoutWhatTheyAnswer(String client, String language, String attribution) { // P-50
    assertThat(QuoteSplitter.split(NEW + "\n\n" + attribution + "\n\n> " + OLD + "\n>\n> Desk\n"))
        .isEqualTo(new Split(NEW, Confidence.HIGH));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = ATTRIBUTIONS)
  void attributionsWrappedOverLinesAreFound(String client, String language, String attribution) { // P-50
    int middle = attribution.indexOf(' ', attribution.length() / 2);
    String wrapped = middle < 0 ? attribution : attribution.substring(0, middle) + "\n" + attribution.substring(middle + 1);

    assertThat(QuoteSplitter.split(NEW + "\n\n" + wrapped + "\n> " + OLD)).isEqualTo(new Split(NEW, Confidence.HIGH));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = ATTRIBUTIONS)
  void answersInHtmlAreSplitByItsStructure(String client, String language, String attribution) { // P-50
    String html = html(client, attribution.replace("<", "&lt;").replace(">", "&gt;"));

    assertThat(QuoteSplitter.split("the plain part says something else", Optional.of(html)))
        .isEqualTo(new Split(NEW, Confidence.HIGH));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = OUTLOOK_HEADERS)
  void plainAnswersOfOutlookAreCutAtTheHeader(String language, String divider, String from, String sent, String to, String subject) {
    String header = from + ": Desk <desk@x.example>\n" + sent + ": 2026-03-02 09:15\n" + to + ": Anna\n" + subject + ": Tap\n\n" + OLD;

    assertThat(QuoteSplitter.split(NEW + "\n\n-----" + divider + "-----\n" + header)).isEqualTo(new Split(NEW, Confidence.HIGH));
    assertThat(QuoteSplitter.split(NEW + "\n\n" + header)).isEqualTo(new Split(NEW, Confidence.HIGH));
    assertThat(QuoteSplitter.split(NEW + "\n________________________________\n" + header)).isEqualTo(new Split(NEW, Confidence.HIGH));
    assertThat(QuoteSplitter.split(NEW + "\n\n" + header.replaceAll("(?m)^([^:\n]+):", "*$1:*"))).isEqualTo(new Split(NEW, Confidence.HIGH));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = OUTLOOK_HEADERS)
  void answersOfOutlookInHtmlAreCutAtItsMarks(String language, String divider, String from, String sent, String to, String subject) {
    String header = "<b>" + from + ":</b> Desk &lt;desk@x.example&gt;<br><b>" + sent + ":</b> 2026-03-02 09:15<br><b>" + to
        + ":</b> Anna<br><b>" + subject + ":</b> Tap";
    String[] mails = {
        // Outlook for the desktop
        "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><style>p.MsoNormal{margin:0cm}</style></head><body lang=EN-GB>"
            + "<div class=WordSection1><p class=MsoNormal>Yes, since Monday.<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>"
            + "<p class=MsoNormal>It drips on 02.03.2026 at 09:15 too.</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;"
            + "padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal>" + header + "</p></div></div><p class=MsoNormal>" + OLD + "</p></div></body></html>",
        // Outlook on the web
        "<div class=\"elementToProof\">Yes, since Monday.</div><div><br></div><div>It drips on 02.03.2026 at 09:15 too.</div>"
            + "<div id=\"appendonsend\"></div><hr style=\"display:inline-block;width:98%\" tabindex=\"-1\"><div id=\"divRplyFwdMsg\" dir=\"ltr\">"
            + "<font face=\"Calibri, sans-serif\">" + header + "</font></div><div>" + OLD + "</div>",
        // without its first mark
        "<div>Yes, since Monday.</div><div><br></div><div>It drips on 02.03.2026 at 09:15 too.</div><hr tabindex=\"-1\"><div id=\"divRplyFwdMsg\">"
            + header + "</div><div>" + OLD + "</div>",
        // Outlook for telephones
        "<div dir=\"ltr\">Yes, since Monday.</div><div><br></div><div>It drips on 02.03.2026 at 09:15 too.</div>"
            + "<div id=\"ms-outlook-mobile-signature\"><div>Get <a href=\"https://aka.ms/o0ukef\">Outlook for iOS</a></div></div>"
            + "<div id=\"mail-editor-reference-message-container\"><hr><div id=\"divRplyFwdMsg\">" + header + "</div>" + OLD + "</div>",
        // Windows Mail and older ones
        "<p>Yes, since Monday.</p><p>It drips on 02.03.2026 at 09:15 too.</p><div dir=ltr class=OutlookMessageHeader>" + header + "</div>" + OLD};

    for (String html : mails) {
      assertThat(QuoteSplitter.split("", Optional.of(html))).as(html).isEqualTo(new Split(NEW, Confidence.HIGH));
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = FOOTERS)
  void whatTelephonesWriteOfThemselvesIsLeftOut(String language, String footer) { // P-50
    assertThat(QuoteSplitter.split(NEW + "\n\n" + footer + "\n")).isEqualTo(new Split(NEW, Confidence.HIGH));
    assertThat(QuoteSplitter.split(NEW + "\n\n" + footer + "\n\nOn 2 Mar 2026, at 09:15, Desk <desk@x.example> wrote:\n\n> " + OLD))
        .isEqualTo(new Split(NEW, Confidence.HIGH));
    assertThat(QuoteSplitter.split(footer + "\n\n" + NEW).newText()).isEqualTo(footer + "\n\n" + NEW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Desk <desk@x.example> writes:", "Desk wrote:", "desk@x.example napisał:"})
  void attributionsWithoutADateNeedTheQuoteBelowThem(String attribution) { // P-50
    assertThat(QuoteSplitter.split(NEW + "\n\n" + attribution + "\n> " + OLD)).isEqualTo(new Split(NEW, Confidence.HIGH));
    assertThat(QuoteSplitter.split(NEW + "\n\n" + attribution + "\nmore").newText()).endsWith("more");
  }

  @Test
  void eachLineIsReadABoundedNumberOfTimes() { // P-37, P-50
    for (String piece : List.of("> x", "From: x", "On 1.1.2026", "Am 9:15", "--", "____________________", "a@x.example", "Sent from my iPhone", "")) {
      int lines = 20_000;
      int[] read = new int[1];
      QuoteSplitter.split(new AbstractList<String>() {
        @Override
        public String get(int index) {
          read[0]++;
          return piece;
        }

        @Override
        public int size() {
          return lines;
        }
      });

      assertThat(read[0]).as(piece).isLessThan(100 * lines);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<div class=gmail_quote>", "<blockquote type=cite>", "<div id=divRplyFwdMsg>", "<div class=gmail_attr>x</div>",
      "<blockquote type=cite>x</blockquote>y", "<div style=\"border-top:solid #E1E1E1 1.0pt\">", "<p id=signature>", "<div class=\"a b c d e f\">"})
  void hostileHtmlComesToAnEnd(String piece) { // P-37
    String html = piece.repeat(1_000_000 / piece.length());

    assertThat(QuoteSplitter.split("text", Optional.of(html)).newText()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "From: Berlin\nTo: Hamburg\nDate: 3 May\nPlease book it.",
      "Here is what she wrote on 2 March 2026:\nThe tap drips.",
      "I was there at 09:15.\nSent from my office by courier",
      "On Monday at 09:15 we wait for:\nyour technician",
      "We met on 2 March 2026 at 09:15\nand Anna said that it drips.",
      "Two things:\n- the tap\n- the letter you wrote: it is gone"})
  void whatOnlyLooksLikeAQuoteStays(String text) { // P-50
    assertThat(QuoteSplitter.split(text)).isEqualTo(new Split(text, Confidence.HIGH));
  }

  @ParameterizedTest
  @ValueSource(strings = {
      // Gmail: answers between the pieces of the quote
      "<div dir=ltr>See below.</div><div class=gmail_quote><div class=gmail_attr>On Mon, Desk wrote:<br></div><blockquote class=gmail_quote>"
          + "Does it drip?</blockquote><div>Yes.</div><blockquote class=gmail_quote>And at night?</blockquote><div>No.</div></div>",
      // Thunderbird
      "<div class=moz-cite-prefix>On 2 Mar 2026, Desk wrote:</div><blockquote type=cite>Does it drip?</blockquote><p>Yes.</p>"
          + "<blockquote type=cite>And at night?</blockquote><p>No.</p>"})
  void answersBetweenQuotesKeepEverything(String html) { // P-50
    String whole = HtmlText.of(html);

    assertThat(QuoteSplitter.split(whole, Optional.of(html))).isEqualTo(new Split(whole, Confidence.LOW));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      <div class="moz-cite-prefix">On 2 Mar 2026 Desk wrote:</div><blockquote type="cite">Old</blockquote><p>Below.</p><div class="moz-signature">-- <br>Anna</div> | Below.
      <div>New.<div class="gmail_signature">Anna<br>Acme</div></div><div class="gmail_quote"><div class="gmail_attr">x</div><blockquote class="gmail_quote">Old</blockquote></div> | New.
      <div>For you.</div><div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>Od: Desk</div>Old</div> | For you.
      <div>New.</div><div class="moz-forward-container">-------- Weitergeleitete Nachricht --------<table class="moz-email-headers-table"></table>Old</div> | New.
      <div>New.</div><div class="protonmail_quote">On Monday Desk wrote:<blockquote>Old</blockquote></div> | New.
      <div>New.</div><div name="messageReplySection">Old</div> | New.
      <p>New.</p><p id="reply-intro">On Monday Desk wrote:</p><blockquote type="cite">Old</blockquote> | New.
      <div>New.</div><div style="border:none;border-left:solid blue 1.5pt;padding:0cm"><b>From:</b> Desk<br>Old</div> | New.
      <div>New.<br><div dir="ltr"><br id="lineBreakAtBeginningOfSignature">Sent from my iPhone</div><blockquote type="cite">Am 2.3.2026 schrieb Desk:<br></blockquote></div><blockquote type="cite">Old</blockquote> | New.
      """)
  void otherMarksAreKnownToo(String html, String newText) { // P-50
    assertThat(QuoteSplitter.split("whole", Optional.of(html))).isEqualTo(new Split(newText, Confidence.HIGH));
  }

  private static String html(String client, String attribution) {
    return switch (client) {
      case "gmail" -> "<div dir=\"ltr\">Yes, since Monday.<div><br></div><div>It drips on 02.03.2026 at 09:15 too.</div></div><br>"
          + "<div class=\"gmail_quote gmail_quote_container\"><div dir=\"ltr\" class=\"gmail_attr\">" + attribution + "<br></div>"
          + "<blockquote class=\"gmail_quote\" style=\"margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204)\">" + OLD
          + "<blockquote class=\"gmail_quote\">older</blockquote></blockquote></div>";
      case "apple" -> "<html><body style=\"overflow-wrap: break-word;\"><div>Yes, since Monday.</div><div><br></div><div>It drips on 02.03.2026 "
          + "at 09:15 too.<br><div><br><blockquote type=\"cite\"><div>" + attribution + "</div><br class=\"Apple-interchange-newline\"><div>" + OLD
          + "</div></blockquote></div><br></div></body></html>";
      case "thunderbird" -> "<html><body><p>Yes, since Monday.</p><p>It drips on 02.03.2026 at 09:15 too.</p><div class=\"moz-cite-prefix\">"
          + attribution + "<br></div><blockquote type=\"cite\" cite=\"mid:1@x.example\"><p>" + OLD + "</p></blockquote></body></html>";
      case "yahoo" -> "<div class=\"ydp1yahoo-style-wrap\"><div dir=\"ltr\">Yes, since Monday.</div><div><br></div><div>It drips on 02.03.2026 at "
          + "09:15 too.</div><div><br></div></div><div id=\"yahoo_quoted_4711\" class=\"yahoo_quoted\"><div>" + attribution + "</div><div>" + OLD + "</div></div>";
      default -> "<p>Yes, since Monday.</p><p>It drips on 02.03.2026 at 09:15 too.</p><p>" + attribution + "</p><blockquote type=cite>" + OLD + "</blockquote>";
    };
  }
}
