# Deutsch. Jede Nachricht darf von { $brand } sprechen.
# Die Schlüssel sind in jeder Datei dieses Ordners dieselben; ein Test vergleicht sie.

## Every page

title-problem = Bitte prüfen:
problems-title = Hier fehlt noch etwas
field-problem = Problem:
date = { $day }. { $month ->
    [1] Jan.
    [2] Feb.
    [3] März
    [4] Apr.
    [5] Mai
    [6] Juni
    [7] Juli
    [8] Aug.
    [9] Sept.
    [10] Okt.
    [11] Nov.
   *[12] Dez.
} { $year }
date-and-time = { $date }, { $hour }:{ $minute } Uhr UTC
ago-now = gerade eben
ago-minutes = { $count ->
    [one] vor 1 Minute
   *[other] vor { $count } Minuten
}
ago-hours = { $count ->
    [one] vor 1 Stunde
   *[other] vor { $count } Stunden
}
ago-days = { $count ->
    [one] gestern
   *[other] vor { $count } Tagen
}
foot-languages = Sprache
foot-help = Hilfe
foot-privacy = Datenschutz
foot-terms = Nutzungsbedingungen
foot-trace = Vorgangsnummer

## The app that brought you here

errand = Sie melden sich an bei
app-links = Über { $app }
app-home = Website
app-privacy = Datenschutzerklärung
app-terms = Nutzungsbedingungen
app-contact = Entwickler kontaktieren
app-report = Diese App melden
trust-own = Von { $brand }
trust-own-means = Das ist einer unserer eigenen Dienste.
trust-publisher = Anbieter geprüft: { $host }
trust-publisher-means = Wir haben geprüft, wer diese App anbietet und dass die Domain dazugehört. Das ist keine Empfehlung.
trust-domain = Domain geprüft: { $host }
trust-domain-means = Die Domain gehört nachweislich dem Entwickler. Wer das ist, hat bei { $brand } niemand geprüft.
trust-agent = KI-Agent, ausgewiesen durch { $host }
trust-agent-means = Von diesem Programm ist nur die Adresse bekannt, die es nennt. Erlauben Sie es nur, wenn Sie es selbst gestartet haben.
trust-unknown = Nicht geprüft
trust-unknown-means = Wir wissen nicht, von wem diese App stammt. Erlauben Sie sie nur, wenn Sie ihre Herkunft kennen und ihr vertrauen.

## Passwords

password-show = Passwort anzeigen
password-rule = Mindestens { $count } Zeichen. Mehrere Wörter hintereinander sind sicher und leicht zu merken.
password-short = Noch etwas länger: mindestens { $count } Zeichen.
password-enough = Lang genug. Länger ist sicherer.
password-weak = Schwach: Es wäre schnell erraten.
password-fair = Mittel: Es wäre mit etwas Mühe zu erraten.
password-good = Gut.
password-strong = Stark.

## Signing in

sign-in-title = Anmelden
sign-in-identifier = E-Mail oder Mobilnummer
sign-in-password = Passwort
sign-in-submit = Anmelden
sign-in-new-here = Neu bei { $brand }?
sign-in-sign-up = Konto erstellen
sign-in-forgot = Passwort vergessen?
sign-in-passkey = Mit Passkey anmelden
passkey-again = Noch einmal versuchen
passkey-password = Passwort benutzen
passkey-code = Code schicken lassen
sign-in-frozen = Dieses Konto ist eingefroren. Über „Passwort vergessen?“ holen Sie es zurück.

link-title = Mit diesem Link anmelden
link-lead = Sie werden angemeldet als
link-text = Die Betreiber von { $brand } haben diesen Link für Sie gemacht. Er gilt einmal. Wählen Sie danach ein neues Passwort, damit Sie selbst hineinkommen.
link-spent-title = Dieser Link gilt nicht mehr
link-spent-lead = Er gilt einmal und 15 Minuten lang. Bitten Sie den, der ihn Ihnen gab, um einen neuen.

back-to-sign-in = Zurück zur Anmeldung
sign-in-wrong = E-Mail, Nummer oder Passwort stimmt nicht. Prüfen Sie die Angaben und versuchen Sie es noch einmal.
sign-in-wait-seconds = { $count ->
    [one] Zu viele Versuche waren falsch: Warten Sie 1 Sekunde.
   *[other] Zu viele Versuche waren falsch: Warten Sie { $count } Sekunden.
}
sign-in-wait-minutes = { $count ->
    [one] Zu viele Versuche waren falsch: Warten Sie 1 Minute, oder nehmen Sie „Passwort vergessen?“.
   *[other] Zu viele Versuche waren falsch: Warten Sie { $count } Minuten, oder nehmen Sie „Passwort vergessen?“.
}

## One-time codes

code-label = Code
code-help = 6 Ziffern. Nennen Sie ihn niemandem: Von { $brand } wird Sie niemand danach fragen.
code-missing = Nichts angekommen? Sehen Sie zuerst im Spam-Ordner nach.
code-resend = Neuen Code senden
code-wrong = Dieser Code stimmt nicht. { $left ->
    [one] Ein Versuch bleibt.
   *[other] { $left } Versuche bleiben.
}
code-gone = Dieser Code gilt nicht mehr. Fordern Sie einen neuen an.
code-wait = { $seconds ->
    [one] In 1 Sekunde können Sie einen neuen Code anfordern.
   *[other] In { $seconds } Sekunden können Sie einen neuen Code anfordern.
}

## Creating an account

sign-up-title = Konto erstellen
sign-up-lead = Ein Konto für jede Website mit dem Knopf „Anmelden mit { $brand }“.
sign-up-name = Name
sign-up-name-help = So, wie Sie angesprochen werden möchten.
sign-up-email = E-Mail
sign-up-email-help = Wir senden einen Code dorthin, um zu prüfen, dass sie Ihnen gehört.
sign-up-by-phone = Lieber eine Handynummer verwenden
sign-up-phone = Handynummer
sign-up-phone-help = Beginnen Sie mit + und der Landesvorwahl. Wir senden einen Code dorthin, um zu prüfen, dass sie Ihnen gehört.
sign-up-by-email = Lieber eine E-Mail-Adresse verwenden
sign-up-password = Passwort
sign-up-submit = Weiter
sign-up-with-passkey = Passkey statt Passwort benutzen
sign-up-key-title = Erstellen Sie Ihren Passkey
sign-up-key-lead = Er öffnet Ihr Konto mit Ihrem Fingerabdruck, Ihrem Gesicht oder der Sperre Ihres Geräts:
sign-up-key-password = Ich wähle lieber ein Passwort
sign-up-known = Schon ein Konto?
sign-up-terms = Indem Sie fortfahren, akzeptieren Sie:

set-up-title = Diesen Server einrichten
set-up-lead = Sie legen das Konto an, das ihn verwaltet. Dieser Link gilt einmal.
set-up-email-help = Damit melden Sie sich an.
set-up-submit = Konto anlegen
set-up-taken = Mit dieser Adresse gibt es schon ein Konto. Geben Sie eine andere ein.
verify-title = Sehen Sie in Ihre E-Mails
verify-title-phone = Sehen Sie auf Ihr Telefon
verify-sent = Wir haben einen Code gesendet an
verify-change = Ändern
verify-submit = Weiter

## The second step

second-factor-title = Sind Sie es wirklich?
second-factor-email = Geben Sie den Code ein, den wir an { $to } gesendet haben.
second-factor-app = Geben Sie den Code ein, den Ihre Authenticator-App gerade anzeigt.
second-factor-trust = { $count ->
    [one] In diesem Browser 1 Tag lang nicht fragen
   *[other] In diesem Browser { $count } Tage lang nicht fragen
}
second-factor-submit = Weiter
second-factor-other = Einen anderen Weg nehmen
second-factor-sms = Geben Sie den Code ein, den wir als SMS an { $to } geschickt haben.
factor-approval = Ein Ja aus einem anderen Browser
factor-approval-text = Dort, wo Sie schon angemeldet sind
approval-title = Sagen Sie in einem anderen Browser Ja
approval-how = Öffnen Sie in einem Browser, in dem Sie angemeldet sind:
approval-choose = Wählen Sie dort diese Zahl:
approval-waits = Diese Seite geht von selbst weiter, wenn Sie geantwortet haben.
approval-look = Noch einmal nachsehen
approval-on-title = Sie haben Ja gesagt
approval-given = Jetzt geht es hier weiter.
approval-not-yet = Noch hat niemand geantwortet. Wählen Sie die Zahl in einem Browser, in dem Sie angemeldet sind.
approval-over = In Ihren anderen Browsern ist jetzt keine Frage offen.
approval-ask = In meinen anderen Browsern fragen
second-factor-recovery = Geben Sie einen Ihrer Wiederherstellungscodes ein. Jeder gilt einmal.
factor-totp = Authenticator-App
factor-totp-text = Der Code, den die App jetzt anzeigt
factor-recovery = Wiederherstellungscode
factor-recovery-text = Einer der Codes, die Sie für den Notfall aufheben
second-factor-email-offer = Wir können einen Code an { $to } schicken.
second-factor-sms-offer = Wir können einen Code als SMS an { $to } schicken.
second-factor-send = Code schicken
second-factor-key-title = Benutzen Sie Ihren Schlüssel
second-factor-key = Nehmen Sie einen Passkey, oder berühren Sie Ihren Sicherheitsschlüssel.
second-factor-key-submit = Schlüssel benutzen
second-factor-key-wrong = Das konnten wir nicht annehmen. Versuchen Sie es noch einmal, oder wählen Sie einen anderen Weg.
second-factor-over = Das war zu oft falsch. Gehen Sie zurück und melden Sie sich noch einmal an.
second-factor-why-two-step = Sie haben die Bestätigung in zwei Schritten eingeschaltet, deshalb reicht das Passwort allein nicht.
second-factor-why-new-browser = Wir haben Sie in diesem Browser noch nie gesehen. Ein weiterer Nachweis hält andere fern, die vielleicht Ihr Passwort kennen.
second-factor-why-step-up = Die App möchte sicherer sein, dass Sie es sind.
second-factor-why-again = Sie wollen etwas sehen oder ändern, das andere nichts angeht. Vorher vergewissern wir uns, dass Sie es noch sind.
factor-email = Ein Code per E-Mail
factor-passkey = Ein Passkey oder Sicherheitsschlüssel
factor-passkey-state = Auf einem Ihrer Geräte oder am Schlüsselbund
factor-sms = Ein Code per SMS
again-title = Sind Sie es noch?
again-none = Es gibt keinen weiteren Weg, es nachzuweisen. Melden Sie sich ab und nutzen Sie „Passwort vergessen?“.

## Getting back in

recover-title = So kommen Sie wieder hinein
recover-lead = Nennen Sie uns die E-Mail oder Mobilnummer Ihres Kontos. Wenn es dazu ein Konto gibt, senden wir einen Code.
recover-submit = Weiter
recover-code-title = Geben Sie den Code ein
recover-code-lead = Wenn es ein Konto gibt, ging ein Code an
recover-password-title = Neues Passwort wählen
recover-password-lead = Überall sonst werden Sie abgemeldet.
recover-password-submit = Speichern und anmelden
delayed-offer = Ich kann nichts davon benutzen
delayed-title = Wenn jeder Weg hinein verloren ist
delayed-lead = { $count ->
    [one] Wenn Sie weder Ihr Passwort noch eine Ihrer Adressen und Nummern benutzen können, lassen wir Sie nach 1 Stunde hinein.
   *[other] Wenn Sie weder Ihr Passwort noch eine Ihrer Adressen und Nummern benutzen können, lassen wir Sie nach { $count } Stunden hinein.
}
delayed-text = Wir benachrichtigen alle Adressen und Nummern des Kontos sofort und noch einmal vor dem Ende. Wer eine davon liest oder sich anmeldet, kann es aufhalten: So übernimmt niemand heimlich ein Konto.
delayed-identifier-help = Die Ihres Kontos, auch wenn Sie dort nichts mehr lesen können.
delayed-email = Eine E-Mail-Adresse, die Sie lesen können
delayed-email-help = Nach der Wartezeit senden wir dorthin einen Link, um ein neues Passwort zu wählen.
delayed-submit = Wartezeit beginnen
delayed-begun-title = Die Wartezeit hat begonnen
delayed-begun-lead = Wenn es so ein Konto gibt, werden alle seine Adressen und Nummern benachrichtigt.
delayed-begun-due = Die Wartezeit endet am
delayed-begun-to = Dann senden wir einen Link an
delayed-begun-cancelled = Wenn nichts ankommt, gibt es so ein Konto nicht, jemand hat die Wartezeit beendet, oder sie wurde zu oft verlangt.
delayed-cancel-link = Aufhalten
delayed-cancel-title = Aufhalten?
delayed-cancel-lead = Jemand sagt, jeden Weg in Ihr Konto verloren zu haben. Wenn Sie das nicht waren, halten Sie es auf: Dann wird niemand hineingelassen.
delayed-cancelled-title = Aufgehalten
delayed-cancelled-lead = Niemand wird hineingelassen. Wenn Sie fürchten, dass jemand anderes Ihr Passwort kennt, sagen Sie es uns: Wir frieren Ihr Konto ein und helfen Ihnen, ein neues zu wählen.
delayed-over-title = Dieser Link gilt nicht mehr
delayed-over-lead = Es wurde aufgehalten, er wurde schon benutzt oder ist zu alt.
delayed-finish-title = Die Wartezeit ist um: Wählen Sie ein neues Passwort
delayed-finish-lead = Alle anderen werden abgemeldet, Passkeys und andere zweite Schritte werden entfernt. Die Adresse, an die wir geschrieben haben, wird eine Ihrer Adressen.
password-current = Jetziges Passwort
password-new = Neues Passwort
password-submit = Passwort ändern
password-wrong = Das ist nicht Ihr jetziges Passwort.
password-changed = Ihr Passwort ist geändert. Alle anderen Browser wurden abgemeldet.

## Signing out

sign-out-title = Abmelden?
sign-out-lead = Sie werden in diesem Browser von { $brand } abgemeldet. Apps behalten den Zugriff, den Sie ihnen gaben, bis Sie ihn entfernen.
sign-out-stay = Angemeldet bleiben
sign-out-confirm = Abmelden
signed-out-title = Sie sind abgemeldet
signed-out-lead = An einem gemeinsam genutzten Computer schließen Sie bitte auch das Browserfenster.
signed-out-again = Wieder anmelden
logout-frames-title = Überall abgemeldet
logout-frames-lead = Auch die Apps, die Sie benutzt haben, erfahren davon.
logout-page-title = Abmeldung
logout-title = Auch von { $brand } abmelden?
logout-asks = Dort haben Sie sich abgemeldet

## Choosing an account

choose-title = Konto auswählen
choose-other = Anderes Konto verwenden

## The answer on its way

form-post-title = Sie werden zurückgebracht
form-post-submit = Weiter

## Devices with a code

device-title = Gerät verbinden
device-lead = Geben Sie den Code ein, den Ihr Fernseher, Lautsprecher oder anderes Gerät anzeigt.
device-code = Code auf dem Gerät
device-code-help = Acht Buchstaben; auf Großschreibung und Strich kommt es nicht an.
device-submit = Weiter
device-code-wrong = Diesen Code kennen wir nicht. Prüfen Sie ihn oder lassen Sie das Gerät einen neuen anzeigen.
device-confirm-page-title = { $app } verbinden
device-confirm-title = { $app } mit Ihrem Konto verbinden?
device-only-if-you = Fahren Sie nur fort, wenn Sie das selbst begonnen haben, an einem Gerät vor Ihnen. Nie für jemanden, der Sie angerufen oder angeschrieben hat.
device-same-code = Zeigt das Gerät denselben Code?
device-name = Gerät
device-asked = Angefragt
device-you-are = Sie sind bei
device-allowed-title = Ihr Gerät ist verbunden
device-allowed-text = Auf dem Gerät geht es mit { $app } weiter. Diese Seite können Sie schließen.
device-denied-title = Nicht verbunden
device-denied-text = { $app } hat keinen Zugriff auf Ihr Konto bekommen.

## Apps that nobody checked

unverified-page-title = { $app } ist nicht geprüft
unverified-title = Wir wissen nicht, von wem { $app } stammt
unverified-text = Die App will etwas, das in falschen Händen schaden kann:
unverified-only-if = Fahren Sie nur fort, wenn Sie den Entwickler kennen und ihm das anvertrauen.
unverified-back = Zurück in Sicherheit
unverified-go-on = Trotzdem weiter

## Consent

consent-page-title = { $app } bittet um Zugriff
consent-test = Test-App: nur für ihre Entwickler und von ihnen Eingeladene
consent-title-sign-in = Bei { $app } mit { $brand } anmelden
consent-title-access = { $app } möchte auf Ihr { $brand }-Konto zugreifen
consent-by = von { $publisher }
consent-only-if-you = Fahren Sie nur fort, wenn Sie das gerade selbst begonnen haben.
consent-not-you = Nicht Sie?
consent-switch = Konto wechseln
consent-sees = { $app } sieht dann
consent-does = { $app } darf dann
consent-reads = nur lesen
consent-changes = kann ändern
consent-needed = nötig
consent-optional = Ihre Wahl
consent-new = neu
consent-reason = { $app } sagt dazu:
consent-already = { $count ->
    [one] 1 Sache, die Sie schon erlauben
   *[other] { $count } Dinge, die Sie schon erlauben
}
consent-never = Passwort, Zwei-Schritt-Einstellungen und Zahlungsdaten bekommt die App nie.
consent-until-removed = Der Zugriff gilt, bis Sie ihn entfernen.
consent-hours = { $count ->
    [one] Der Zugriff gilt 1 Stunde.
   *[other] Der Zugriff gilt { $count } Stunden.
}
consent-offline = Er gilt auch, wenn Sie die App gerade nicht benutzen.
consent-way-back = Zurücknehmen können Sie ihn jederzeit unter
consent-way-back-link = Verbundene Apps
consent-which-email = Welche E-Mail soll sie bekommen?
consent-hide-email = Meine E-Mail verbergen
consent-hide-email-means = Die App bekommt eine eigens erzeugte Adresse, die an Sie weiterleitet, bis Sie das abschalten.
consent-returns = Danach geht es zurück zu
consent-returns-computer = Danach geht es zurück zu einer App auf diesem Computer
consent-returns-device = Danach geht es zurück zu einer App auf diesem Gerät
consent-deny = Abbrechen
consent-allow = Erlauben

## Refusals

error-what-now = Was Sie tun können
error-for-developers = Für die Entwickler der App
error-to-account = Zu Ihrem Konto
error-to-support = Hilfe holen
error-unknown-client-title = Diese App kennen wir nicht
error-unknown-client-text = Die Website, die Sie hierher geschickt hat, ist bei { $brand } nicht oder nicht mehr registriert.
error-unknown-client-next = Gehen Sie zurück zur Website und versuchen Sie es noch einmal. Geschieht es wieder, sagen Sie es ihrem Betreiber; wir haben nichts an sie weitergegeben.
error-redirect-uri-title = Dieser Weg führt nicht sicher zurück
error-redirect-uri-text = Die App wollte Sie an eine Adresse schicken lassen, die sie nicht registriert hat. Zu Ihrem Schutz halten wir hier an. Nichts wurde weitergegeben.
error-redirect-uri-next = Gehen Sie zurück zur App und beginnen Sie von vorn. Ihr Entwickler muss genau die redirect_uri registrieren, die die App sendet.
error-request-title = Die Anfrage der App ist fehlerhaft
error-request-text = Die App, die Sie hierher geschickt hat, fragt auf eine Weise, die wir nicht beantworten können. Nichts wurde an sie weitergegeben.
error-request-next = Gehen Sie zurück zur App und beginnen Sie von vorn. Geschieht es wieder, nennen Sie ihrem Entwickler die Vorgangsnummer unten auf dieser Seite.
error-expired-title = Diese Seite ist abgelaufen
error-expired-text = Das Formular war zu lange offen, wurde schon gesendet oder kam von anderswo. Nichts wurde geändert.
error-expired-next = Gehen Sie zurück, laden Sie die Seite neu und senden Sie das Formular noch einmal.
error-flow-lost-title = Diese Anmeldung ist verloren gegangen
error-flow-lost-text = Sie wurde in einem anderen Browser begonnen, ist schon abgeschlossen oder hat zu lange gewartet.
error-flow-lost-next = Gehen Sie zurück zur App und drücken Sie noch einmal auf Anmelden. Mit Ihrem Konto ist alles in Ordnung.
error-sign-in-refused-title = Diese Anmeldung wurde abgelehnt
error-sign-in-refused-text = In einem Browser, in dem dieses Konto angemeldet ist, hat jemand Nein gesagt oder eine andere Zahl gewählt.
error-sign-in-refused-next = Wenn das ein Versehen war, melden Sie sich noch einmal an und wählen Sie die Zahl, die hier steht.
error-forbidden-title = Das dürfen Sie nicht sehen
error-forbidden-text = Das Konto, mit dem Sie angemeldet sind, hat keinen Zugang zu dieser Seite.
error-forbidden-next = Melden Sie sich mit einem anderen Konto an oder fragen Sie, wer Ihnen den Link gab.
error-not-found-title = Hier gibt es keine Seite
error-not-found-text = Vielleicht ist die Adresse vertippt, oder die Seite ist umgezogen.
error-not-found-next = Prüfen Sie die Adresse oder beginnen Sie bei Ihrem Konto.
error-unreadable-title = Das konnten wir nicht lesen
error-unreadable-text = Das Formular kam unvollständig an oder enthielt etwas, das nicht hineingehört. Nichts wurde geändert.
error-unreadable-next = Gehen Sie zurück, laden Sie die Seite neu und füllen Sie das Formular noch einmal aus.
error-too-large-title = Das ist mehr, als wir annehmen
error-too-large-text = Gesendet wurde mehr, als diese Seite erlaubt. Nichts wurde geändert.
error-too-large-next = Gehen Sie zurück und senden Sie etwas Kürzeres.
error-too-many-title = Machen wir eine kurze Pause
error-too-many-text = Es gab zu viele Versuche in kurzer Zeit. Diese Pause schützt Ihr Konto.
error-too-many-next = Warten Sie ein wenig und versuchen Sie es dann wieder. Ändern müssen Sie nichts.
error-unavailable-title = Wir sind gleich wieder da
error-unavailable-text = { $brand } kann gerade nicht antworten. Nichts ist verloren, und nichts wurde geändert.
error-unavailable-next = Versuchen Sie es in ein paar Sekunden noch einmal.
error-internal-title = Bei uns ist etwas schiefgegangen
error-internal-text = Das ist unser Fehler, nicht Ihrer. Er ist vermerkt.
error-internal-next = Versuchen Sie es noch einmal. Geschieht es wieder, nennen Sie uns die Vorgangsnummer unten auf dieser Seite.

## The account

skip = Zum Inhalt springen
menu = Menü
menu-label = Ihr Konto
menu-sign-out = Abmelden
menu-overview = Überblick
menu-apps = Verbundene Apps
menu-devices = Geräte
menu-security = Sicherheit
menu-activity = Aktivität
menu-data = Daten
yes = Ja
no = Nein
copy = Kopieren
copied = Kopiert
overview-page-title = Ihr Konto
overview-title = Hallo, { $name }
overview-lead = Sehen Sie, wer Ihr Konto nutzen kann, und überlegen Sie es sich jederzeit anders.
overview-asked = Jemand möchte sich bei Ihrem Konto anmelden. Sind Sie das?
overview-apps-none = Keine App hat Zugriff auf Ihr Konto.
overview-apps = { $count ->
    [one] 1 App hat Zugriff
   *[other] { $count } Apps haben Zugriff
}
overview-devices = { $count ->
    [one] Sie sind in 1 Browser angemeldet.
   *[other] Sie sind in { $count } Browsern angemeldet.
}
overview-recent = Letzte Aktivität
overview-all = Alles ansehen

## Connected apps

apps-lead = Diese Apps können Ihr Konto nutzen. Was Sie hier entfernen, endet sofort.
apps-removed = { $app } kommt nicht mehr an Ihr Konto heran.
apps-none-title = Keine verbundenen Apps
apps-none-text = Wenn Sie auf einer Website auf „Anmelden mit { $brand }“ drücken, erscheint sie hier, mit allem, was sie sehen kann.
apps-using = Können Ihre Daten sehen oder ändern
apps-signing-in = Nur Anmeldung
apps-since = Verbunden am { $date }
apps-used = Genutzt { $when }
apps-never-used = Noch nicht genutzt
apps-offline = auch in Ihrer Abwesenheit
app-page-title = { $app } – Ihre Verbindung
app-may = Was sie sehen und tun darf
app-connection = Verbindung
app-since = Verbunden
app-used = Zuletzt genutzt
app-away = Auch in Ihrer Abwesenheit
app-happened = Was sie getan hat
app-open = { $app } öffnen
app-take-out = Entziehen
app-take-out-named = Entziehen: { $scope }
app-places = Wo sie verbunden ist
app-place-unknown = Unbekanntes Gerät
app-disconnect = Hier abmelden
app-email = E-Mail-Adresse
app-email-means = { $app } erfährt die neue Adresse, sobald die App das nächste Mal fragt. Wenn Sie eine Adresse aus Ihrem Konto entfernen, bekommt { $app } stattdessen Ihre bevorzugte.
app-email-save = Speichern
app-private = Meine E-Mail verbergen
app-private-on = Was { $app } an diese Adresse schreibt, wird an Sie weitergeleitet. Wenn Sie antworten, steht in Ihrer Antwort Ihre eigene Adresse.
app-private-off = Was { $app } an diese Adresse schreibt, erreicht Sie nicht: Es geht zurück.
app-private-target = Weiterleiten an
app-private-stop = Nicht mehr weiterleiten
app-private-resume = Wieder weiterleiten
app-ask-again = Beim nächsten Mal
app-ask-again-means = { $app } kommt mit dem zurück, was Sie früher erlaubt haben.
app-asks-again = { $app } muss Sie wieder fragen, wenn sie das nächste Mal Zugriff möchte.
app-ask-again-short = Wieder fragen
apps-unused = { $count ->
    [one] 1 App wurde seit einem halben Jahr nicht benutzt.
   *[other] { $count } Apps wurden seit einem halben Jahr nicht benutzt.
}
apps-unused-look = Durchsehen
unused-title = Apps, die Sie nicht mehr benutzen
unused-lead = Diese hat seit einem halben Jahr niemand benutzt. Wenn Sie sie entfernen, endet ihr Zugriff sofort.
unused-none = Jede verbundene App wurde im letzten halben Jahr benutzt.
unused-confirm = { $count ->
    [one] Entfernen
   *[other] Alle { $count } entfernen
}
remove-row = Entfernen
remove-short = Zugriff entfernen
remove-hint = { $app } verliert den Zugriff, sobald Sie bestätigen.
remove-title = Zugriff von { $app } entfernen?
remove-now = { $app } kann von jetzt an nichts mehr sehen oder ändern.
remove-keeps = Was sie schon erhalten hat, behält sie.
remove-ask = Um Löschung bitten
remove-way-in = Vielleicht kommen Sie dann nicht mehr zu { $app } hinein. Prüfen Sie, ob es einen anderen Weg gibt.

## Yes to a sign-in elsewhere

approve-title = Sind Sie das?
approve-none = Keine Anmeldung wartet auf Ihre Antwort.
approve-asks = Jemand möchte sich bei Ihrem Konto anmelden
approve-choose = Wählen Sie die Zahl, die der andere Bildschirm zeigt.
approve-number = Der andere Bildschirm zeigt { $number }
approve-only-if = Wählen Sie sie nur, wenn Sie sich dort in diesem Augenblick selbst anmelden. Wer fragt, kennt Ihr Passwort.
approve-refuse = Nein, das bin ich nicht
approve-approved = Sie haben Ja gesagt. Machen Sie im anderen Browser weiter.
approve-refused = Wir haben diese Anmeldung beendet. Wenn Sie das nicht waren, ändern Sie Ihr Passwort: Jemand kennt es.
approve-gone = Diese Anmeldung wartet nicht mehr auf eine Antwort.

## Devices

devices-title = Ihre Geräte
devices-lead = Jeder Browser und jedes Gerät, das bei Ihrem Konto angemeldet ist oder dem Sie vertrauen.
devices-ended = Die Abmeldung ist erfolgt.
devices-browsers = Browser
devices-this = dieser Browser
devices-seen = Aktiv { $when }
devices-since = Angemeldet am { $date }
devices-trusted = Vertraut bis { $date }
devices-trusted-means = In einem Browser, dem Sie vertrauen, fragen wir nicht nach einem zweiten Schritt.
devices-signed-out = Abgemeldet
devices-trust-used = Benutzt { $when }
devices-trust-end = Dort wieder fragen
devices-trust-end-named = Bei { $device } wieder nach einem zweiten Schritt fragen
devices-trust-end-all = Überall wieder fragen
devices-end = Abmelden
devices-end-named = { $device } abmelden
devices-end-others = Alle anderen abmelden
devices-linked = Verbundene Geräte
devices-linked-lead = Fernseher, Lautsprecher und andere Geräte, die Sie mit einem Code verbunden haben.
devices-linked-since = Verbunden am { $date }
devices-linked-used = Benutzt { $when }
devices-linked-remove = Entfernen
devices-linked-remove-named = { $device } entfernen
device-rename = Umbenennen
device-rename-named = { $device } umbenennen
device-rename-title = { $device } umbenennen
device-rename-name = Name des Geräts
device-rename-help = Etwas, woran Sie es erkennen, zum Beispiel das Zimmer, in dem es steht.
device-rename-submit = Speichern

## Security

security-lead = Wie Sie zeigen, dass Sie es sind.
security-review = Jemand anderes war in Ihrem Konto. Sehen Sie hier alles durch, und entfernen Sie, was nicht von Ihnen ist.
security-change = Passwort ändern
security-first = Ein Passwort wählen
security-text = Hier bleiben Sie angemeldet, überall sonst werden Sie abgemeldet.
security-passkeys-text = Melden Sie sich mit Fingerabdruck, Gesicht oder PIN an.
security-passkeys = { $count ->
    [0] Sie haben noch keinen.
    [one] Sie haben einen.
   *[other] Sie haben { $count }.
}
security-sessions = Wo Sie angemeldet sind
two-step-title = Bestätigung in zwei Schritten
two-step-manage = Einrichten
two-step-lead = Außer dem Passwort verlangen wir etwas, das nur Sie haben. Wer das Passwort erfährt, kommt trotzdem nicht hinein.
two-step-on = Eingeschaltet seit { $date }
two-step-off = Die Bestätigung in zwei Schritten ist ausgeschaltet
two-step-needs = Zum Einschalten brauchen Sie einen der Wege unten und einen zweiten für den Tag, an dem Sie ihn verlieren: Wiederherstellungscodes oder einen anderen Weg.
two-step-too-few = Es muss einen Weg für den zweiten Schritt geben und einen zweiten zurück: Wiederherstellungscodes, von denen Sie einen eingegeben haben, oder einen anderen Weg. Richten Sie zuerst einen ein.
two-step-turn-on = Einschalten
two-step-turn-off = Ausschalten
two-step-switched-on = Die Bestätigung in zwei Schritten ist eingeschaltet.
two-step-switched-off = Die Bestätigung in zwei Schritten ist ausgeschaltet. Ihr Passwort allein genügt wieder.
two-step-changed = Ihre Änderungen sind gespeichert.
two-step-apps = Authenticator-Apps
two-step-apps-text = Eine App auf Ihrem Telefon zeigt alle 30 Sekunden einen neuen Code, ganz ohne Netz.
two-step-codes = Codes, die wir schicken
two-step-codes-text = Wer Ihre Mails liest oder Ihre Nummer hat, bekommt auch diese Codes. Eine App oder ein Schlüssel ist sicherer.
two-step-save = Speichern
two-step-first = Wonach wir zuerst fragen
two-step-is-first = zuerst
two-step-make-first = Zuerst danach fragen
two-step-make-first-named = Zuerst danach fragen: { $way }
two-step-back = Zurück zur Sicherheit
authenticator-title = Authenticator-App einrichten
authenticator-lead = Jede App für Einmalcodes ist recht, zum Beispiel die in Ihrem Passwortmanager.
authenticator-scan = Scannen Sie dies mit der App
authenticator-picture = QR-Code für die App; derselbe Schlüssel steht darunter als Text
authenticator-by-hand = Oder tippen Sie diesen Schlüssel in die App:
authenticator-name = Name
authenticator-name-help = Woran Sie das Telefon oder die App erkennen.
authenticator-code-help = Die 6 Ziffern, die die App jetzt anzeigt.
authenticator-submit = Fertig
authenticator-wrong = Das ist nicht der Code dieser App. Prüfen Sie, ob die Uhr des Telefons stimmt, und geben Sie den Code ein, den sie jetzt anzeigt.
authenticator-add = App einrichten
authenticator-since = Seit { $date }
authenticator-used = Benutzt { $when }
authenticator-remove = Entfernen
authenticator-remove-named = { $name } entfernen
authenticator-back = Zurück, ohne sie einzurichten
recovery-codes-title = Wiederherstellungscodes
recovery-codes-text = Zehn Codes zum Aufheben auf Papier, für den Tag, an dem Sie Ihr Telefon verlieren.
recovery-codes-left = { $count ->
    [0] Sie haben keine.
    [one] 1 ist übrig.
   *[other] { $count } sind übrig.
}
recovery-codes-make = Wiederherstellungscodes erzeugen
recovery-codes-again = Neue erzeugen
recovery-codes-new = Ihre neuen Wiederherstellungscodes
recovery-codes-lead = Schreib sie jetzt auf oder speichere sie: Wir können sie nicht noch einmal zeigen.
recovery-codes-rule = Jeder von ihnen gilt einmal, anstelle des zweiten Schritts.
recovery-codes-download = Als Textdatei speichern
recovery-codes-file = Wiederherstellungscodes für { $brand }, erzeugt am { $date }
recovery-codes-confirm = Haben Sie sie aufgehoben?
recovery-codes-confirm-text = Geben Sie einen davon ein. Von da an gelten diese, und ältere nicht mehr. Der eingegebene bleibt gültig.
recovery-code-label = Einer der Codes
recovery-codes-submit = Ich habe sie aufgehoben
recovery-codes-wrong = Das ist keiner dieser Codes.
recovery-codes-kept = Ihre Wiederherstellungscodes sind bereit. Heben Sie sie dort auf, wo ein Dieb Ihres Telefons nicht sucht.

## Passkeys

passkeys-title = Passkeys und Sicherheitsschlüssel
passkeys-lead = Melden Sie sich mit Fingerabdruck, Gesicht oder PIN an. Sie müssen sich nichts merken, und niemand kann es Ihnen ablisten.
passkeys-manage = Verwalten
passkeys-own = Ihre Schlüssel
passkeys-none-title = Noch kein Passkey
passkeys-none-text = Fügen Sie einen für dieses Gerät hinzu: Es dauert nur ein paar Sekunden.
passkeys-full = Mehr haben keinen Platz. Entfernen Sie einen, den Sie nicht mehr benutzen.
passkeys-back = Zurück zur Sicherheit
passkey-plain = Passkey
security-key-plain = Sicherheitsschlüssel
security-key-badge = nur als zweiter Schritt
passkey-named = { $model }, { $date }
passkey-since = Hinzugefügt am { $date }
passkey-used = Benutzt: { $when }
passkey-never-used = Noch nicht benutzt
passkey-synced = Auf mehreren Geräten
passkey-change = Ändern
passkey-change-named = { $key } ändern
passkey-add = Passkey hinzufügen
passkey-add-text = Ihr Gerät wird nach Fingerabdruck, Gesicht oder seiner PIN fragen. Womit Sie sich ausweisen, bleibt dort: Wir bekommen nur einen öffentlichen Schlüssel.
passkey-create = Passkey erstellen
passkey-added = Er wurde hinzugefügt. Ab jetzt können Sie sich damit ausweisen.
security-key-add = Sicherheitsschlüssel hinzufügen
security-key-add-text = Halten Sie Ihren Schlüssel bereit: Sie stecken ihn ein oder halten ihn an Ihr Gerät und berühren ihn. Er ist ein zweiter Schritt nach dem Passwort.
security-key-create = Schlüssel eintragen
passkey-needs-script = Passkeys brauchen JavaScript. Schalten Sie es für diese Seite ein.
passkey-needs-browser = Dieser Browser kennt keine Passkeys. Nehmen Sie einen anderen oder eine neuere Version.
passkey-already = Dieses Gerät hat schon einen Passkey Ihres Kontos.
passkey-failed = Das hat nicht geklappt oder wurde abgebrochen. Sie können es noch einmal versuchen.
passkey-over = Das hat zu lange gedauert, oder diese Seite wurde schon benutzt. Versuchen Sie es noch einmal. ({ $code })
passkey-unknown = Wir kennen diesen Passkey nicht, oder er wurde aus Ihrem Konto entfernt. ({ $code })
passkey-taken = Dieser Schlüssel gehört schon zu einem Konto. ({ $code })
passkey-unverified = Ihr Gerät hat nicht geprüft, ob Sie es sind. Versuchen Sie es noch einmal. ({ $code })
passkey-copied = Dieser Schlüssel wurde vielleicht kopiert, deshalb nehmen wir ihn nicht an. Entfernen Sie ihn, und fügen Sie einen neuen hinzu. ({ $code })
passkey-invalid = Wir konnten die Antwort Ihres Geräts nicht annehmen. Versuchen Sie es noch einmal. ({ $code })
passkey-name = Name
passkey-name-help = Etwas, woran Sie ihn erkennen, zum Beispiel das Gerät, auf dem er ist.
passkey-last = Nur damit können Sie sich anmelden, deshalb lässt er sich nicht entfernen. Wählen Sie zuerst ein Passwort, oder fügen Sie einen weiteren Passkey hinzu.
passkey-remove-title = Entfernen
passkey-remove-text = Sie können ihn dann hier nicht mehr benutzen. Löschen Sie ihn auch auf Ihrem Gerät, damit er nicht mehr angeboten wird.
passkey-remove-submit = Entfernen
passkey-removed = Er wurde entfernt.

## How you are reached

contacts-title = E-Mail-Adressen und Handynummern
contacts-lead = So erreichen wir Sie, und so kommen Sie wieder hinein, wenn Sie Ihr Passwort vergessen.
contacts-change = Ändern
contacts-emails = E-Mail-Adressen
contacts-numbers = Handynummern
contacts-primary = bevorzugt
contacts-not-proved = nicht bestätigt
contacts-make-primary = Bevorzugen
contacts-make-primary-named = { $contact } bevorzugen
contacts-remove = Entfernen
contacts-remove-named = { $contact } entfernen
contacts-add = Weitere hinzufügen
contacts-add-text = Wir senden einen Code dorthin, um zu prüfen, dass sie Ihnen gehört. Apps erfahren nur die bevorzugte.
contacts-send-code = Code senden
contacts-undo-hint = Nach jeder Änderung benachrichtigen wir alle Ihre Adressen und Nummern. Aus dieser Nachricht lässt sie sich sieben Tage lang rückgängig machen.
contacts-back = Zurück zu Sicherheit
contacts-added = Sie wurde hinzugefügt. Ihre anderen Adressen und Nummern wurden benachrichtigt.
contacts-removed = Sie wurde entfernt. Alle Ihre Adressen und Nummern wurden benachrichtigt.
contacts-primary-changed = Ab jetzt erfahren Apps diese. Alle Ihre Adressen und Nummern wurden benachrichtigt.
contacts-last = Nur hierüber sind Sie zu erreichen. Fügen Sie zuerst eine andere hinzu und entfernen Sie dann diese.
contacts-primary-stays = Die bevorzugte lässt sich nicht entfernen. Bevorzugen Sie zuerst eine andere.
contacts-unproved = Bestätigen Sie sie mit einem Code, bevor Sie sie bevorzugen.
contacts-too-many = Es ist Platz für zehn. Entfernen Sie zuerst eine.
contact-own = Diese steht schon auf Ihrer Liste.
contact-no-texts-here = { $brand } sendet keine SMS. Geben Sie eine E-Mail-Adresse ein.
contact-code-title = Bestätigen Sie, dass sie Ihnen gehört
contacts-undo-title = Diese Änderung rückgängig machen?
contacts-undo-lead = Ihre E-Mail-Adressen und Handynummern werden wieder, was sie davor waren. Was danach geändert wurde, wird ebenfalls rückgängig gemacht.
contacts-undo-when = Geändert am
contacts-undone-title = Die Änderung ist rückgängig gemacht
contacts-undone-lead = Ihre Adressen und Nummern sind, was sie waren. Wenn jemand anderes sie geändert hat, ist er vielleicht noch angemeldet: Frieren Sie Ihr Konto ein und wählen Sie ein neues Passwort.
contacts-undo-old-title = Diese Änderung lässt sich nicht mehr rückgängig machen
contacts-undo-old-lead = Sie ist mehr als sieben Tage her oder wurde schon rückgängig gemacht. Wenn jemand anderes in Ihrem Konto ist, können Sie immer noch ein neues Passwort wählen: Das meldet alle anderen ab.

## Activity

activity-lead = Was in den letzten 90 Tagen auf Ihrem Konto geschah.
activity-none-title = Noch nichts
activity-none-text = Anmeldungen, Änderungen und verbundene Apps werden hier aufgeführt.
activity-kind = Was
activity-kind-any = Alles
activity-kind-sign-ins = An- und Abmeldungen
activity-kind-apps = Apps und Geräte
activity-kind-account = Änderungen am Konto
activity-app = App
activity-app-any = Mit oder ohne App
activity-days = Wann
activity-days-any = Zu jeder Zeit
activity-days-1 = In den letzten 24 Stunden
activity-days-7 = In den letzten 7 Tagen
activity-days-30 = In den letzten 30 Tagen
activity-filter = Anzeigen
activity-none-here-title = Nichts dergleichen
activity-none-here-text = Nichts auf Ihrem Konto passt zu Ihrer Auswahl.
activity-all = Alles anzeigen
activity-file = Diese Liste aufbewahren:
activity-pages = Ältere und neuere Aktivität
activity-newer = Neuere
activity-older = Ältere
activity-unknown = Waren Sie etwas davon nicht selbst?
activity-change-password = Ändern Sie Ihr Passwort

## Data

data-title = Ihre Daten
data-lead = Was wir über Sie aufbewahren, und wie Sie es mitnehmen.
data-held = Was wir aufbewahren
data-more = { $count ->
    [one] Und noch 1: in der Kopie steht er.
   *[other] Und noch { $count }: in der Kopie stehen sie.
}
data-change = Ändern: { $what }
data-activity = Was auf Ihrem Konto geschieht, heben wir 90 Tage auf.
data-secrets = Außerdem bewahren wir auf, womit Passwort, Codes und Geräte geprüft werden. Es lässt sich nicht zurücklesen und steht darum in keiner Kopie.
data-copy = Nehmen Sie es mit
data-copy-means = Wir legen alles von oben und alle Ihre Aktivität in eine Datei: eine Seite zum Lesen und JSON für andere Programme. Wenn sie fertig ist, schreiben wir Ihnen.
data-copy-ask = Kopie vorbereiten
data-copy-new = Neue vorbereiten
data-copy-preparing = Ihre Kopie wird vorbereitet
data-copy-wait = Das dauert Sekunden bis Minuten. Sie können diese Seite verlassen.
data-copy-look = Noch einmal nachsehen
data-copy-ready = Ihre Kopie ist fertig. Sie liegt hier bis { $date }.
data-copy-fetch = Herunterladen ({ $size } kB)
data-copy-title = Eine Kopie Ihres Kontos
data-copy-made = Hergestellt am { $date }.
held-account = Sie
held-contacts = E-Mail-Adressen und Mobilnummern
held-proofs = Anmelden
held-keys = Passkeys und Sicherheitsschlüssel
held-authenticators = Authenticator-Apps
held-sessions = Wo Sie angemeldet sind
held-browsers = Browser, mit denen Sie sich angemeldet haben
held-trusted = Browser, die keinen zweiten Schritt brauchen
held-expires-at = Bis
held-linked-devices = Verbundene Geräte
held-apps = Apps, die Sie erlaubt haben
held-connections = Wo Apps verbunden sind
held-private-emails = Adressen für je eine App
held-own-apps = Apps, die Sie registriert haben
held-messages = Nachrichten an Sie in den letzten 14 Tagen
held-name = Name
held-language = Sprache der Nachrichten
held-created-at = Seit
held-terms-accepted-at = Bedingungen angenommen
held-terms-version = Fassung der Bedingungen
held-suspended-at = Gesperrt seit
held-suspended-reason = Warum
held-given-name = Vorname
held-family-name = Nachname
held-middle-name = Zweiter Vorname
held-nickname = Spitzname
held-preferred-username = Benutzername
held-profile = Profilseite
held-picture = Bild
held-website = Website
held-gender = Geschlecht
held-birthdate = Geburtsdatum
held-zoneinfo = Zeitzone
held-locale = Sprache
held-address = Anschrift
held-contact = Adresse oder Nummer
held-primary = Hauptadresse
held-added-at = Hinzugefügt
held-verified-at = Bestätigt
held-password-changed-at = Passwort gewählt
held-two-step-at = Bestätigung in zwei Schritten seit
held-preferred-factor = Zuerst gefragt
held-recovery-codes = Übrige Wiederherstellungscodes
held-frozen-at = Eingefroren seit
held-thawed-at = Zurückgeholt
held-label = Name
held-kind = Art
held-kind-passkey = Passkey
held-kind-security-key = Sicherheitsschlüssel
held-last-used-at = Zuletzt benutzt
held-browser = Browser
held-place = Ort
held-proved-at = Letzter Nachweis
held-last-seen-at = Zuletzt gesehen
held-first-seen-at = Zuerst gesehen
held-linked-at = Verbunden
held-app = App
held-client-id = Ihre Nummer
held-scope = Darf
held-declined = Von Ihnen ausgelassen
held-connected-at = Verbunden
held-consented-at = Zuletzt erlaubt
held-ended-at = Beendet
held-sent-at = Gesendet
held-event = Was
event-export-asked = Sie haben eine Kopie Ihrer Daten angefordert
event-export-fetched = Sie haben eine Kopie Ihrer Daten heruntergeladen
export-asked-subject = Jemand hat eine Kopie Ihrer Daten bei { $brand } angefordert
export-asked-text = Jemand, der in Ihrem Konto bei { $brand } angemeldet war und es noch einmal bewiesen hat, hat eine Kopie von allem darin angefordert.
export-ready-subject = Ihre Kopie von { $brand } ist fertig
export-ready-text = Die Kopie Ihrer Daten, die Sie angefordert haben, ist fertig. Sie finden sie unter „Ihre Daten“.
export-ready-advice = { $count ->
    [one] Sie liegt dort 1 Tag.
   *[other] Sie liegt dort { $count } Tage.
} Zum Herunterladen melden Sie sich an und beweisen, dass Sie es sind.

## An app reported

report-title = { $app } melden
report-lead = Das lesen die Leute, die { $brand } betreiben. Die App erfährt nicht, wer sie gemeldet hat.
report-reason = Was stimmt nicht mit ihr?
report-no-reason = Wählen Sie, was nicht stimmt.
report-too-long = Verwenden Sie höchstens 1000 Zeichen.
report-pretends = Sie gibt sich für jemand anderen aus
report-asks-too-much = Sie verlangt mehr, als sie braucht
report-misuses = Sie tut mit meinen Daten etwas, das sie nicht soll
report-other = Etwas anderes
report-details = Was ist passiert? (freiwillig)
report-submit = Meldung senden
report-sent = Danke. Ihre Meldung ist gesendet.
report-next = Wenn Sie der App nicht mehr trauen, entfernen Sie ihren Zugriff:
event-app-reported = Sie haben { $app } gemeldet
held-reports = Was Sie gemeldet haben
held-reason = Was nicht stimmt
held-details = In Ihren Worten
app-reported-subject = Eine App wurde gemeldet: { $app }
app-reported-text = Jemand hat die App { $app } gemeldet.
app-reported-reason = Was nicht stimmt
app-reported-details = In den Worten der Person
app-reported-advice = „countersign apps reports“ listet alle Meldungen auf.

## The end of the account

deletion-title = Ihr Konto löschen
deletion-lead = Alles, was wir über Sie aufbewahren, wird entfernt, und nach 14 Tagen kann es niemand zurückholen.
deletion-breaks = Was dann nicht mehr geht
deletion-sessions = Sie sind sofort überall abgemeldet.
deletion-apps = Auf diesem Weg können Sie sich nicht mehr anmelden bei:
deletion-devices = Diese Geräte verlieren ihre Verbindung:
deletion-own-apps = Diese Apps von Ihnen enden für alle, die sie benutzen:
deletion-apps-keep = Apps behalten, was sie schon bekommen haben. Wenn sie es löschen sollen, bitten Sie sie darum, bevor Sie gehen.
deletion-last = Das ist die letzte Frage
deletion-until = Bis { $date } können Sie es zurücknehmen: Melden Sie sich an, oder folgen Sie dem Link, den wir an alle Ihre Adressen und Nummern senden.
deletion-confirm = Mein Konto löschen
deletion-no = Nein, zurück zu Ihren Daten
deletion-short = Ihr Konto löschen
deletion-short-means = Zuerst sehen Sie, was dann nicht mehr geht. Danach haben Sie 14 Tage, es zurückzunehmen.
deletion-go = Ansehen, was nicht mehr geht
deletion-done-title = Ihr Konto ist geschlossen
deletion-done-lead = Sie sind überall abgemeldet, und keine App bekommt mehr etwas. Am { $date } wird alles entfernt; bis dahin holt eine Anmeldung es zurück.
deletion-done-home = Zur Startseite
keep-title = Ihr Konto behalten?
keep-lead = Sie wollten Ihr Konto löschen. Noch ist nichts davon verloren.
keep-due = Entfernt wird es:
keep-submit = Mein Konto behalten
keep-otherwise = Wenn es weiter gelöscht werden soll, ist nichts zu tun.
keep-done-title = Ihr Konto bleibt
keep-done-lead = Alles ist wie vorher. Melden Sie sich dort wieder an, wo Sie angemeldet sein wollen.
keep-over-title = Dieser Link gilt nicht mehr
keep-over-lead = Das Konto wurde schon behalten, oder es ist weg.
event-deletion-asked = Sie haben verlangt, Ihr Konto zu löschen
event-account-kept = Sie haben Ihr Konto behalten
event-account-erased = Ein Konto wurde endgültig entfernt
deletion-begun-subject = Ihr Konto bei { $brand } wird am { $date } gelöscht
deletion-begun-text = Jemand, der in Ihrem Konto bei { $brand } angemeldet war und es noch einmal bewiesen hat, will es löschen lassen. Es ist jetzt geschlossen, und am { $date } wird alles darin entfernt.
deletion-begun-advice = Wenn Sie das waren, ist nichts zu tun. Wenn nicht, oder wenn Sie es sich anders überlegt haben, behalten Sie es: Drücken Sie den Knopf, oder melden Sie sich an.
account-kept-subject = Ihr Konto bei { $brand } bleibt
account-kept-text = Die Löschung Ihres Kontos bei { $brand } wurde zurückgenommen. Alles ist wie vorher.
account-removed-subject = Ihr Konto bei { $brand } ist entfernt
account-removed-text = Wie Sie es wollten, werden Ihr Konto bei { $brand } und alles darin jetzt entfernt. Das ist die letzte Nachricht an Sie.
account-removed-advice = Es ist nichts zu tun. Apps behalten, was sie vorher bekommen haben; bitten Sie sie, es zu löschen.

## The front door

home-page-title = Willkommen
home-title = Ein Konto. Sie bestimmen, wer was sieht.
home-lead = Melden Sie sich mit { $brand } bei anderen Websites an, ohne für jede ein neues Passwort.
home-account = Zu Ihrem Konto
home-one-title = Eine Anmeldung
home-one-text = Auf „Anmelden mit { $brand }“ drücken, und Sie sind drin.
home-see-title = Erst sehen, dann teilen
home-see-text = Jede Website zeigt genau, was sie bekommt, mit den echten Werten.
home-back-title = Jederzeit zurücknehmen
home-back-text = Entfernen Sie den Zugriff einer Website, und er endet im selben Moment.

## The inbox of a server that sends nothing

inbox-title = Posteingang
inbox-lead = Dieser Server läuft auf Ihrem eigenen Rechner und sendet keine Post. Jede Nachricht, die er senden würde, liegt hier.
inbox-none-title = Keine Nachrichten
inbox-none-text = Erstellen Sie ein Konto, und der Code dafür liegt hier.
inbox-open = Den Link in dieser Nachricht öffnen

## What happened

some-app = einer App
event-sign-up = Sie haben Ihr Konto erstellt
event-sign-up-repeated = Jemand wollte mit Ihrer Adresse ein Konto erstellen
event-sign-in = Sie haben sich angemeldet
event-sign-in-failed = Jemand hat vergeblich versucht, sich anzumelden
event-second-factor-failed = Jemand ist am zweiten Schritt der Anmeldung gescheitert
event-proved-again = Sie haben noch einmal nachgewiesen, dass Sie es sind
event-two-step-on = Sie haben die Bestätigung in zwei Schritten eingeschaltet
event-two-step-off = Sie haben die Bestätigung in zwei Schritten ausgeschaltet
event-two-step-changed = Sie haben die Bestätigung in zwei Schritten geändert
event-authenticator-added = Sie haben eine Authenticator-App eingerichtet
event-authenticator-removed = Sie haben eine Authenticator-App entfernt
event-recovery-codes-made = Sie haben neue Wiederherstellungscodes erzeugt
event-recovery-code-used = Ein Wiederherstellungscode wurde benutzt
event-sign-in-approved = Sie haben eine Anmeldung in einem anderen Browser bestätigt
event-sign-in-refused = Sie haben eine Anmeldung in einem anderen Browser abgelehnt
event-sign-out = Sie haben sich abgemeldet
event-browser-trusted = Sie wollten in einem Browser nicht nach einem zweiten Schritt gefragt werden
event-trust-ended = Sie wollen wieder nach einem zweiten Schritt gefragt werden
event-session-ended = Sie haben einen anderen Browser abgemeldet
event-consent-given = Sie haben den Zugriff erlaubt: { $app }
event-consent-refused = Sie haben den Zugriff nicht erlaubt: { $app }
event-access-removed = Sie haben den Zugriff entfernt: { $app }
event-scope-removed = Sie haben { $app } etwas entzogen
event-shared-email-changed = Sie haben für { $app } eine andere E-Mail-Adresse gewählt
event-private-email-stopped = Sie haben E-Mails von { $app } an die eigens erzeugte Adresse gestoppt
event-private-email-resumed = Sie lassen E-Mails von { $app } wieder durch
event-private-email-moved = Sie haben gewählt, wohin E-Mails von { $app } gehen
event-app-signed-out = Sie haben { $app } an einem Ort abgemeldet
event-app-signed-in = Sie wurden angemeldet bei { $app }
event-device-linked = Sie haben ein Gerät mit { $app } verbunden
event-device-renamed = Sie haben ein Gerät mit { $app } umbenannt
event-device-removed = Sie haben ein Gerät mit { $app } entfernt
event-token-reused = Wir haben den Zugriff beendet, weil ein Schlüssel zweimal benutzt wurde: { $app }
event-password-changed = Sie haben Ihr Passwort geändert
event-passkey-added = Sie haben einen Passkey oder Sicherheitsschlüssel hinzugefügt
event-passkey-renamed = Sie haben einen Passkey oder Sicherheitsschlüssel umbenannt
event-passkey-refused = Jemand wollte sich mit einem Passkey anmelden, den wir nicht annahmen
event-passkey-removed = Sie haben einen Passkey oder Sicherheitsschlüssel entfernt
event-recovery-begun = Jemand hat einen Code für ein neues Passwort angefordert
event-delayed-recovery-begun = Jemand, der jeden Weg hinein verloren haben will, begann zu warten
event-delayed-recovery-cancelled = Diese Wartezeit wurde aus einer Nachricht beendet
event-delayed-recovery-done = Nach der Wartezeit wurde ein neues Passwort gewählt
event-recovered = Sie haben mit einem Code ein neues Passwort gewählt
event-frozen = Sie haben Ihr Konto über eine Nachricht eingefroren
event-contact-added = Sie haben eine E-Mail-Adresse oder Handynummer hinzugefügt
event-contact-removed = Sie haben eine E-Mail-Adresse oder Handynummer entfernt
event-primary-contact-changed = Sie bevorzugen eine andere E-Mail-Adresse oder Handynummer
event-contact-change-undone = Eine Änderung Ihrer Adressen und Nummern wurde aus einer Nachricht rückgängig gemacht
event-contact-claimed = Jemand wollte Ihre Adresse oder Nummer einem anderen Konto hinzufügen
event-suspended = Die Betreiber von { $brand } haben Ihr Konto gesperrt
event-unsuspended = Die Betreiber von { $brand } haben die Sperre zurückgenommen
event-unlocked = Die Betreiber von { $brand } haben Ihr Konto wieder freigegeben
event-sign-in-reset = Die Betreiber von { $brand } haben alle aus Ihrem Konto abgemeldet
event-sign-in-link-made = Die Betreiber von { $brand } haben einen Link zum Anmelden in Ihrem Konto gemacht
event-sign-in-by-link = Jemand hat sich mit einem Link der Betreiber von { $brand } angemeldet
event-profile-changed = Sie haben Ihr Profil geändert
event-app-registered = Eine App hat sich registriert: { $app }
event-app-changed = Eine App hat ihre Registrierung geändert: { $app }
event-app-deleted = Eine App hat ihre Registrierung beendet: { $app }
event-refused = Eine Anfrage wurde abgewiesen: { $app }

## What apps may be told

claim-name = Name
claim-given-name = Vorname
claim-family-name = Nachname
claim-middle-name = Weiterer Vorname
claim-nickname = Spitzname
claim-preferred-username = Benutzername
claim-profile = Profilseite
claim-picture = Bild
claim-website = Website
claim-gender = Geschlecht
claim-birthdate = Geburtsdatum
claim-zoneinfo = Zeitzone
claim-locale = Sprache
claim-email = E-Mail
claim-is-private-email = Verbirgt eine andere E-Mail-Adresse
claim-phone-number = Mobilnummer
claim-address = Anschrift
scope-openid = Sie bei der Rückkehr wiedererkennen
scope-profile = Ihren Namen und Ihr Profil sehen
scope-email = Ihre E-Mail-Adresse sehen
scope-address = Ihre Anschrift sehen
scope-phone = Ihre Mobilnummer sehen
scope-offline-access = Zugriff behalten, während Sie weg sind
scope-of-app = Sie bittet um die Berechtigung „{ $scope }“.
error-suspended-title = Dieses Konto ist gesperrt
error-suspended-text = Die Betreiber von { $brand } haben es gesperrt. Nichts darin ist verloren.
error-suspended-next = Fragen Sie die Betreiber von { $brand } nach dem Grund und dem Weg zurück.

## Was Menschen schreiben: eine Zeile für alles, was daran falsch sein kann

email-empty = Geben Sie Ihre E-Mail-Adresse ein.
email-no-at = Eine E-Mail-Adresse sieht aus wie name@example.org.
email-local = Vor dem @ steht ein Zeichen, das in E-Mail-Adressen nicht vorkommen kann.
email-domain = Hinter dem @ steht keine Domain wie example.org.
email-too-long = Eine E-Mail-Adresse hat höchstens 254 Zeichen.
email-suggestion = Meinten Sie { $address }?
phone-empty = Geben Sie Ihre Mobilnummer ein.
phone-no-country = Beginnen Sie mit + und der Landesvorwahl, zum Beispiel +49.
phone-unknown = Diese Telefonnummer gibt es nicht. Prüfen Sie die Ziffern.
phone-no-texts = Diese Nummer kann keine SMS empfangen. Geben Sie eine Mobilnummer ein.
name-empty = Ein Name braucht mindestens einen Buchstaben oder eine Ziffer.
name-too-long = Ein Name hat höchstens 100 Zeichen.
name-unseen = Der Name enthält ein Zeichen, das man nicht sehen kann. Tippen Sie ihn noch einmal von Hand.
name-address = Ein Name kann keine Webadresse enthalten.
password-too-short = Nehmen Sie mindestens { $count } Zeichen.
password-too-long = Nehmen Sie höchstens 256 Zeichen.
password-unseen = Das Passwort enthält ein Zeichen, das man nicht tippen kann, etwa einen Zeilenumbruch.
password-personal = Lassen Sie Ihren Namen und Ihre Adresse aus dem Passwort heraus.
password-common = Dieses Passwort probieren Diebe zuerst. Wählen Sie ein anderes.
password-guessable = Dieses Passwort ist leicht zu erraten. Nehmen Sie ein längeres: drei oder vier Wörter, die nicht zusammengehören.
password-hint-keyboard = Tastenreihen sind leicht zu erraten.
password-hint-repeats = Wiederholungen machen es nicht stärker.
password-hint-common = Viele Menschen benutzen dieses Passwort.
password-hint-like-common = Es ähnelt einem Passwort, das viele benutzen.
password-hint-sequence = Folgen wie abc oder 6543 sind leicht zu erraten.
password-hint-date = Jahreszahlen und Daten sind leicht zu erraten.
password-hint-one-word = Ein einzelnes Wort ist leicht zu erraten.
password-hint-name = Namen sind leicht zu erraten.
password-hint-disguise = Großbuchstaben, umgedrehte Wörter und 0 statt o helfen nur wenig.
password-hint-more-words = Fügen Sie ein oder zwei Wörter hinzu. Seltene Wörter sind am besten.
password-hint-no-symbols = Sonderzeichen, Ziffern und Großbuchstaben sind nicht nötig.
device-browser-on = { $browser } unter { $system }
device-computer = Computer
device-phone = Telefon
device-tablet = Tablet
device-appliance = Fernseher oder Konsole
device-unknown = Unbekanntes Gerät

## Mail und SMS

message-hello = Guten Tag { $name },
message-hello-anybody = Guten Tag,
message-code-rule = Geben Sie ihn innerhalb von { $minutes ->
    [one] 1 Minute
   *[other] { $minutes } Minuten
} auf der Seite ein, auf der Sie ihn angefordert haben. Niemand von { $brand } wird Sie je nach diesem Code fragen: Sagen Sie ihn niemandem, und geben Sie ihn nirgends ein als auf { $host }.
message-code-secret = Sagen Sie ihn niemandem.
message-fact = { $name }: { $value }
message-when = Wann
message-device = Gerät
message-place = Wo
message-not-me = Wenn Sie das waren, ist nichts zu tun. Wenn nicht, sagen Sie es uns: Wir frieren Ihr Konto ein, melden alle ab und helfen Ihnen, es zurückzuholen.
sign-up-code-subject = { $code } ist Ihr Code für { $brand }
sign-up-code-text = Mit diesem Code legen Sie Ihr Konto bei { $brand } an:
sign-up-code-ignore = Wenn Sie ihn nicht angefordert haben, ignorieren Sie diese Nachricht; ohne den Code entsteht kein Konto.
sign-up-repeated-subject = Sie haben schon ein Konto bei { $brand }
sign-up-repeated-text = Jemand, vielleicht Sie selbst, wollte mit dieser Adresse ein Konto bei { $brand } anlegen. Sie haben schon eines; geändert wurde nichts.
sign-up-repeated-advice = Wenn Sie das nicht waren, ist nichts zu tun: Ohne Ihr Passwort kommt niemand hinein.
access-removed-subject = Sie haben { $app } den Zugriff entzogen
access-removed-text = { $app } kann von Ihrem Konto nichts mehr sehen oder ändern. Was die App schon erhalten hat, behält sie; bitten Sie sie, es zu löschen.
access-removed-advice = Falls Sie sich bei { $app } nur so angemeldet haben: Prüfen Sie, ob es dort einen anderen Weg hinein gibt.
recovery-code-subject = { $code } ist Ihr Code für { $brand }
recovery-code-text = Mit diesem Code wählen Sie ein neues Passwort für { $brand }:
recovery-code-ignore = Wenn Sie ihn nicht angefordert haben, ignorieren Sie diese Nachricht; ohne den Code ändert sich nichts.
second-factor-code-subject = { $code } ist Ihr Code für { $brand }
second-factor-code-text = Das ist Ihr Code für den zweiten Schritt der Anmeldung bei { $brand }:
second-factor-code-ignore = Wenn Sie sich gerade nicht anmelden, kennt jemand anderes Ihr Passwort: Ändern Sie es.
two-step-on-subject = Bestätigung in zwei Schritten für Ihr { $brand }-Konto eingeschaltet
two-step-on-text = Von jetzt an verlangt Ihr { $brand }-Konto außer dem Passwort einen zweiten Schritt.
two-step-off-subject = Bestätigung in zwei Schritten für Ihr { $brand }-Konto ausgeschaltet
two-step-off-text = Von jetzt an öffnet das Passwort allein Ihr { $brand }-Konto.
two-step-changed-subject = Der zweite Schritt Ihres { $brand }-Kontos wurde geändert
two-step-changed-text = Jemand hat geändert, wie Codes für den zweiten Schritt Ihres { $brand }-Kontos geschickt werden.
authenticator-added-subject = Eine Authenticator-App wurde Ihrem { $brand }-Konto hinzugefügt
authenticator-added-text = Für den zweiten Schritt Ihres { $brand }-Kontos wurde eine Authenticator-App eingerichtet.
authenticator-removed-subject = Eine Authenticator-App wurde aus Ihrem { $brand }-Konto entfernt
authenticator-removed-text = Eine Authenticator-App kann für den zweiten Schritt Ihres { $brand }-Kontos nicht mehr benutzt werden.
recovery-codes-made-subject = Neue Wiederherstellungscodes für Ihr { $brand }-Konto
recovery-codes-made-text = Für Ihr { $brand }-Konto wurden neue Wiederherstellungscodes erzeugt. Die bisherigen gelten nicht mehr.
recovery-code-used-subject = Ein Wiederherstellungscode Ihres { $brand }-Kontos wurde benutzt
recovery-code-used-text = Jemand, der Ihren Wiederherstellungscode kannte, hat ihn anstelle des zweiten Schritts benutzt. Er gilt nicht mehr.
recovery-begun-subject = Jemand stellt den Zugang zu Ihrem { $brand }-Konto wieder her
recovery-begun-text = Jemand hat den Code eingegeben, den wir an einen anderen Ihrer Kontakte gesendet haben, und kann nun ein neues Passwort für Ihr { $brand }-Konto wählen.
recovered-subject = Ihr { $brand }-Passwort wurde zurückgesetzt
recovered-text = Für Ihr { $brand }-Konto wurde über „Passwort vergessen?“ ein neues Passwort gewählt. Alle anderen wurden abgemeldet, und Apps müssen Sie neu fragen.
sign-in-refused-subject = Wir haben eine Anmeldung bei Ihrem { $brand }-Konto beendet
sign-in-refused-text = Jemand, der Ihr Passwort kannte, wollte sich anmelden. In einem Browser, in dem Sie angemeldet sind, wurde das abgelehnt. Wenn nicht Sie es versucht haben, ändern Sie Ihr Passwort.
new-browser-subject = Neue Anmeldung bei Ihrem { $brand }-Konto
new-browser-text = Jemand hat sich bei Ihrem { $brand }-Konto mit einem Browser angemeldet, der dafür noch nie benutzt wurde.
password-changed-subject = Ihr { $brand }-Passwort wurde geändert
password-changed-text = Das Passwort Ihres { $brand }-Kontos wurde von jemandem geändert, der das alte kannte. Alle anderen Browser wurden abgemeldet.
passkey-added-subject = Neuer Passkey in Ihrem { $brand }-Konto
passkey-added-text = Jemand, der angemeldet war, hat Ihrem { $brand }-Konto einen Passkey oder Sicherheitsschlüssel hinzugefügt. Damit kann man sich als Sie ausweisen.
passkey-removed-subject = Ein Passkey wurde aus Ihrem { $brand }-Konto entfernt
passkey-removed-text = Jemand, der angemeldet war, hat einen Passkey oder Sicherheitsschlüssel aus Ihrem { $brand }-Konto entfernt. Er gilt nicht mehr.
message-contact = Adresse oder Nummer
message-undo = Wenn Sie das waren, ist nichts zu tun. Wenn nicht, machen Sie es innerhalb von sieben Tagen rückgängig; dort können Sie auch Ihr Konto einfrieren.
contact-code-subject = { $code } ist Ihr Code für { $brand }
contact-code-text = Dies ist Ihr Code, um diese Adresse oder Nummer Ihrem Konto bei { $brand } hinzuzufügen:
contact-code-ignore = Wenn Sie ihn nicht angefordert haben, beachten Sie diese Nachricht nicht; ohne den Code wird nichts hinzugefügt.
contact-taken-subject = Jemand wollte Ihre Adresse einem anderen Konto hinzufügen
contact-taken-text = Jemand hat versucht, diese Adresse oder Nummer einem anderen Konto bei { $brand } hinzuzufügen. Sie gehört zu Ihrem, also wurde nichts geändert.
contact-added-subject = Eine neue Adresse oder Nummer in Ihrem Konto bei { $brand }
contact-added-text = Ihrem Konto bei { $brand } wurde eine Adresse oder Nummer hinzugefügt. Mit ihr kommt man wieder in das Konto.
contact-removed-subject = Eine Adresse oder Nummer wurde aus Ihrem Konto bei { $brand } entfernt
contact-removed-text = Aus Ihrem Konto bei { $brand } wurde eine Adresse oder Nummer entfernt. Mit ihr kann man sich nicht mehr anmelden und nicht mehr in das Konto zurück.
contact-primary-subject = Ihr Konto bei { $brand } hat eine andere bevorzugte Adresse oder Nummer
contact-primary-text = In Ihrem Konto bei { $brand } wird eine andere Adresse oder Nummer bevorzugt: Apps erfahren ab jetzt diese.
contact-undone-subject = Eine Änderung an Ihrem Konto bei { $brand } wurde rückgängig gemacht
contact-undone-text = Jemand hat in einer unserer Nachrichten auf „Diese Änderung rückgängig machen“ gedrückt. Die Adressen und Nummern Ihres Kontos bei { $brand } sind wieder, was sie davor waren.
contact-undo-link = Diese Änderung rückgängig machen
link-used-subject = Jemand hat sich mit einem Link der Betreiber in Ihrem Konto bei { $brand } angemeldet
link-used-text = Die Betreiber von { $brand } haben einen Link gemacht, der einmal in Ihrem Konto anmeldet, und er wurde benutzt.
delayed-notice-subject = Jemand will nach einer Wartezeit in Ihr Konto bei { $brand }
delayed-notice-text = Jemand sagt, jeden Weg in Ihr Konto bei { $brand } verloren zu haben. Wenn niemand es aufhält, darf diese Person nach der Wartezeit ein neues Passwort wählen.
delayed-notice-due = Ende der Wartezeit
delayed-notice-address = Geschrieben wird an
delayed-notice-advice = Wenn Sie das waren, ist nichts zu tun. Wenn nicht, halten Sie es auf; auch eine Anmeldung hält es auf.
delayed-ready-subject = Sie können ein neues Passwort für { $brand } wählen
delayed-ready-text = Die Wartezeit ist um, und niemand hat sie beendet. Sie können jetzt ein neues Passwort für Ihr Konto bei { $brand } wählen.
delayed-ready-advice = { $count ->
    [one] Der Link gilt einmal und 1 Tag lang.
   *[other] Der Link gilt einmal und { $count } Tage lang.
} Wenn Sie das nicht verlangt haben, beachten Sie diese Nachricht nicht.
delayed-done-subject = Jemand ist nach einer Wartezeit in Ihr Konto bei { $brand } gelangt
delayed-done-text = Jemand, der jeden Weg hinein verloren haben will, hat nach der Wartezeit ein neues Passwort für Ihr Konto bei { $brand } gewählt. Alle anderen wurden abgemeldet, und die angegebene Adresse wurde Ihren hinzugefügt.
delivery-test-subject = Eine Testnachricht von { $brand }
delivery-test-text = Die Betreiber von { $brand } haben dies gesendet, um zu sehen, ob ihre Nachrichten ankommen. Sie kommen an.
delivery-test-advice = Es ist nichts zu tun.

## Das war ich nicht

not-me-link = Das war ich nicht
not-me-title = Waren Sie das nicht?
not-me-lead = Dann frieren wir Ihr Konto sofort ein: Alle werden abgemeldet, keine App kommt hinein, und niemand kann sich anmelden, bis Sie ein neues Passwort gewählt haben.
not-me-next = Danach senden wir einen Code an { $address }, damit Sie Ihr Konto zurückholen können.
not-me-submit = Mein Konto einfrieren
not-me-old-title = Dieser Link gilt nicht mehr
not-me-old-lead = Er ist zu alt, oder Sie haben Ihr Konto seitdem zurückgeholt. Wenn jetzt etwas nicht stimmt, können Sie weiterhin ein neues Passwort wählen: Damit werden alle anderen abgemeldet.
not-me-recover = Neues Passwort wählen
