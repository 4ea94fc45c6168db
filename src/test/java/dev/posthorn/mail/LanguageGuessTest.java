package dev.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageGuessTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "en | Hello, the heating is off and we are cold. Could you please help?",
    "de | Guten Tag, die Heizung ist aus und wir frieren. Können Sie bitte helfen?",
    "fr | Bonjour, le chauffage est en panne et nous avons froid. Merci de nous aider.",
    "es | Hola, la calefacción no funciona y tenemos frío. Gracias por su ayuda, es muy urgente.",
    "it | Buongiorno, il riscaldamento non funziona e abbiamo freddo. Grazie per il vostro aiuto, è anche questo urgente.",
    "pt | Olá, o aquecimento não funciona e estou com frio. Obrigado pela ajuda do seu serviço.",
    "nl | Goedendag, de verwarming is uit en wij hebben het koud. Graag hulp, dank u.",
    "pl | Dzień dobry, ogrzewanie nie działa i jest zimno. Proszę o pomoc, dziękuję.",
    "sv | Hej, värmen är av och vi fryser. Kan ni hjälpa oss? Tack för att ni svarar.",
    "ru | Здравствуйте, отопление не работает и нам холодно.",
    "uk | Добрий день, опалення не працює і нам холодно, її треба полагодити.",
    "ja | 暖房が動きません。助けてください。",
    "zh | 暖气坏了，请帮忙。",
    "ko | 난방이 작동하지 않습니다.",
    "el | Η θέρμανση δεν λειτουργεί.",
    "he | החימום לא עובד.",
    "ar | التدفئة لا تعمل."})
  void theWordsOfATextTellItsLanguage(String language, String text) {
    assertThat(LanguageGuess.of(text)).contains(language);
  }

  @ParameterizedTest
  @CsvSource({"''", "12345 !!!", "Xyzzy plugh", "OK"})
  void whatSaysTooLittleIsInNone(String text) {
    assertThat(LanguageGuess.of(text)).isEmpty();
  }

  @Test
  void onlyTheBeginningIsRead() {
    assertThat(LanguageGuess.of("xxxx ".repeat(2_000_000) + "the and you is are")).isEmpty();
  }
}
