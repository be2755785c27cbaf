# Anmelden
sign-in = Anmelden
sign-in-user = Benutzername
sign-in-password-label = Passwort
sign-in-refused = Benutzername und Passwort passen nicht zusammen. Welches falsch ist, wird nicht gesagt; versuchen Sie es noch einmal.
sign-in-wrong-code = Der Code ist falsch, abgelaufen oder schon benutzt. Warten Sie auf den nächsten.
sign-in-wait = Es gab zu viele Versuche. Versuchen Sie es um { $at } wieder; nichts ist auf Dauer gesperrt.
sign-in-second = Zweiter Faktor
sign-in-code = Code
sign-in-code-help = Sechs Ziffern Ihrer Authentifizierungs-App oder ein Wiederherstellungscode
signed-out-kept = Ihre Sitzung war abgelaufen. Was Sie getippt haben, ist aufgehoben und kommt wieder, sobald Sie angemeldet sind.
kept-restored = Das haben Sie getippt, bevor Ihre Sitzung ablief. Nichts wurde gesendet; sehen Sie es an und senden Sie es.
error-form = Dieses Formular ist zu alt
error-form-text = Es gehört zu einer früheren Sitzung oder ist keines von uns. Nichts wurde getan. Gehen Sie zurück, laden Sie die Seite neu und senden Sie es noch einmal.

# Was mit einem Vorgang getan werden kann
act-edit = Bearbeiten
act-send = Senden
act-approve = Freigeben und senden
act-send-back = Zurückgeben
act-recall = Zurückziehen
act-acknowledge = Eingang bestätigen
act-message = Nachricht
act-note = Interner Vermerk
act-assign = Zuweisen
act-assign-me = Mir zuweisen
act-share = Teilen
act-consent = Über Weitergabe entscheiden
act-withdraw = Empfänger entfernen
act-tighten = Handhabung verschärfen
act-extend = Verlängern
act-close = Schließen
act-reopen = Wieder öffnen
act-answer = Antworten
act-refuse = Antwort ablehnen
act-dissent = Widersprechen
act-inform = Zoll informiert
act-outcome = Ausgang festhalten
act-add-ground = Grund hinzufügen
act-stop-extend = Auf 30 Tage verlängern
send-message = Nachricht senden
send-note = Internen Vermerk sichern
send-answer = Antwort senden
send-stop-answer = Antwort senden
send-outcome = Ausgang festhalten
send-inform = Festhalten
answer-notifies = Ein Entwurf der Mitteilung an die anderen Staaten und die Kommission wird in Ihrer eigenen Liste warten; jetzt geht nichts an sie.
another-note = Weiterer interner Vermerk
message-to = Nachricht an { $units }
asked = Gefragt:
answers-not-offered = Bei diesen Gründen nicht vorgesehen: { $answers }.
not-answered-now = jetzt nicht beantwortet
answer-instead = Stattdessen
refused-because = Falls abgelehnt, warum
consent-which = Welche Anfrage
consent-request = { $by } möchte mit { $to } teilen: { $purpose }
stale = Der Vorgang hat sich geändert, während Sie schrieben: { $newer }. Nichts wurde gesendet; was Sie getippt haben, steht noch hier. Sehen Sie nach und senden Sie dann noch einmal.
sent-before = Dieses Formular wurde schon mit anderem Inhalt gesendet. Was Sie getippt haben, steht noch hier; senden Sie es noch einmal, wenn es so gemeint ist.
view-as = Ansicht als { $unit }
open-dossier = Öffnen
no-subject = Noch ohne Betreff
nobody = niemand
assigned-to = zugewiesen: { $person }
notes-only = nur { $unit }

# Wer es sieht
audience-title = Wer das sieht
audience-asks = fragt
audience-only = allein. Sonst weiß niemand davon.
audience-see =
    { $count ->
        [one] sieht das.
       *[other] sehen das.
    }
audience-nobody-else = Sonst weiß niemand davon.
audience-will-read = liest es, sonst niemand.

# Was ein Stand bedeutet
notice-draft = Das ist ein Entwurf. Nur { $home } sieht ihn, bis er gesendet ist.
notice-for-approval = Das wartet auf eine Kontaktstelle Ihrer Behörde; noch hat nichts das Haus verlassen.
notice-waiting = Es wird auf { $who } gewartet.
notice-until = Rechtzeitig ist eine Antwort bis { $until }.
notice-answer-by = Antworten Sie bis { $until }.
notice-answered = Das ist beantwortet.
notice-outcome = Halten Sie fest, was aus den Waren wurde.
notice-closed = Das ist geschlossen.
notice-closed-with = Das ist geschlossen: { $outcome }.
notice-withdrawn = Wer gefragt hat, hat das zurückgezogen.
notice-ground-ended = Schweigen hat einen Grund beendet: { $ground }. Ein anderer besteht, die Waren bleiben angehalten.
release-due = Die Frist des Artikels 21 Absatz 4 ist abgelaufen: Die Waren sind zu überlassen, sofern kein anderer Rechtsgrund festgehalten ist.

# Tatsachen
fact-exporter = Ausführer
fact-consignee = Empfänger, Bestimmung
fact-item = Ware
fact-how-much = Wie viel
fact-licence = Genehmigung, Endverwendung
fact-held = Angehalten bei
fact-since = seit { $at }
fact-more-items =
    { $count ->
        [one] und 1 weitere Position
       *[other] und { $count } weitere Positionen
    }
details-purpose = Zweck und Rechtsgrundlage

# Listen
group-ended = Beendet
filter-kind = Art

# Fristen
clocks-running =
    { $count ->
        [0] keine läuft
        [one] 1 läuft
       *[other] { $count } laufen
    }
clocks-once-sent = beginnen mit dem Senden
clock-from-consultation = Ab Konsultation, Kalender: { $state }
clock-from-suspension = Ab Aussetzung, Kalender: { $state }
clock-end-of-day = Ende des Tages, { $zone }
clock-earlier = früher, warnt
clock-holiday = { $day }, { $name }, ist Feiertag in { $state }.
clock-ended-answer = Durch die Antwort beendet, { $at }.
clock-ended-silence = Durch Schweigen beendet, { $at }.
clock-ended-closing = Mit dem Ersuchen beendet, { $at }.
silence-others-stand = Solange ein anderer Grund besteht, bleiben die Waren angehalten.
silence-last-ground = Besteht kein anderer Grund, ist die Überlassung fällig.
strip-hours = { $used } von { $total } Stunden vorbei, { $left } übrig
calendar-institutions = Organe der Union

# Tabellen der Antworten
matrix-state = { $given } von { $total }
matrix-summary = { $given } von { $total } Antworten sind da
matrix-informed = informiert
matrix-not-yet = noch nicht
matrix-no-duty = keine Pflicht
history-count = { $count } Einträge nach Ihrer Zählung

# Formulare
form-remove = { $one } { $number } entfernen
form-add = Weitere: { $one }
form-several = mehrere, durch Kommas getrennt
form-line-each = eine Angabe je Zeile
form-instant = Tag und Uhrzeit, etwa 24. Nov. 2026 09:55; jetzt ist { $now }

# Warum nicht
refusal-not-now = Das geht nicht, solange der Vorgang „{ $state }“ ist.
refusal-originator-only = Das kann nur { $home }; dort wurde der Vorgang eröffnet.
refusal-asked-only = Das kann nur eine Behörde, die gefragt wurde.
refusal-contact-point-only = Das muss eine Kontaktstelle Ihrer Behörde tun.
refusal-role = Ihre Rolle erlaubt das nicht.
refusal-unknown-unit = Im Verzeichnis gibt es keine Stelle { $unit }; wählen Sie eine von dort.
refusal-already-listed = Alle genannten sehen den Vorgang schon.
refusal-not-listed = { $unit } steht nicht auf der Liste.
refusal-originator-stays = Die Behörde, die den Vorgang eröffnet hat, bleibt auf seiner Liste.
refusal-asked-stays = { $unit } ist gefragt und bleibt auf der Liste, bis sie geantwortet hat oder das Ersuchen zurückgezogen ist.
refusal-own-authority = Ein Ersuchen geht an eine andere Behörde; wählen Sie eine.
refusal-loosens = Die Handhabung kann verschärft, nie gelockert werden.
refusal-classified = Verschlusssachen (EU RESTRICTED oder höher) dürfen hier nicht stehen. Nutzen Sie den Weg dafür und nennen Sie hier nur diesen Weg und ein Zeichen.
refusal-already-extended = Die Frist ist schon verlängert, auf 30 Arbeitstage insgesamt (Artikel 21 Absatz 4).
refusal-nothing-to-extend = Hier lässt sich keine Frist verlängern: die des Artikels 21 Absatz 4 verlängert die konsultierte Behörde, vereinbarte der Fragende.
refusal-not-later = Der neue Tag muss nach { $day } liegen, dem jetzigen letzten Tag.
refusal-past = { $day } ist schon vorbei.
refusal-ground-stands = Dieser Grund ist schon festgehalten.
refusal-answer-not-offered = „{ $answer }“ passt nicht zu den Gründen dieser Anhaltung (Artikel 16 Absatz 1, 4 Absatz 1).
refusal-outcome-not-possible = „{ $outcome }“ ist hier nicht möglich (Artikel 21 Absatz 4).
refusal-no-question = Eine Frage { $question } gibt es nicht.
refusal-no-command = Das gibt es bei dieser Art von Vorgang nicht.
refusal-no-consent-request = Es gibt keine offene Bitte um Zustimmung.
refusal-destroyed = Der Inhalt dieses Vorgangs ist vernichtet; der Nachweis, dass etwas ausgetauscht wurde, bleibt.
refusal-no-year = Die Feiertage von { $calendar } im Jahr { $year } sind hier nicht bekannt. Bitten Sie Ihre Administration, sie zu laden.
refusal-out-of-range = { $day } liegt zu fern, um von dort zu zählen.

# Was an einem Feld nicht stimmt
wrong-missing = fehlt
wrong-unknown = ist kein Feld dieses Formulars
wrong-not-one = erwartet wurde ein Wert
wrong-not-list = erwartet wurde eine Liste
wrong-too-long = hat { $length } Zeichen, erwartet wurden höchstens { $max }
wrong-too-many = hat { $length } Einträge, erwartet wurden höchstens { $max }
wrong-malformed = „{ $given }“ ist nicht { $expected }
wrong-no-choice = „{ $given }“ steht nicht zur Wahl
wrong-not-text = hat Steuerzeichen; erwartet wurde nur Text
wrong-ahead = liegt in der Zukunft; erwartet wurde ein Zeitpunkt bis jetzt
wrong-gone = ist schon vorbei; erwartet wurde heute oder ein späterer Tag
sort-cn8 = ein Warencode mit acht Ziffern, etwa 8542 31 90
sort-control-code = ein Eintrag des Anhangs I, etwa 3A001.a.2
sort-country = ein Land mit zwei Buchstaben, etwa KZ
sort-eori = eine EORI-Nummer, etwa DE471120883
sort-mrn = eine MRN, etwa 26NL000510K7Q2D4A1
sort-licence-number = eine Genehmigungsnummer mit höchstens 35 Zeichen
sort-document-code = ein Unterlagencode mit vier Zeichen, etwa X060
sort-customs-office = eine Zollstelle mit acht Zeichen, etwa NL000510
sort-unit = eine Stelle des Verzeichnisses
sort-date = ein Tag, etwa 24. Nov. 2026
sort-instant = ein Tag mit Uhrzeit, etwa 24. Nov. 2026 09:55
sort-quantity = eine Zahl ab null, etwa 18,6
sort-count = eine ganze Zahl ab eins, etwa 2
sort-fingerprint = ein SHA-256-Fingerabdruck mit 64 Hexadezimalziffern

# Ein neuer Vorgang
new-stop = Neue Anhaltung
new-classification = Neue Einreihung
new-document = Neue Prüfung einer Unterlage
new-information = Neues Auskunftsersuchen
new-notice = Neue Mitteilung
kind-about-stop = Waren stehen an der Grenze: Fragen Sie die Behörde, die die Genehmigung erteilt hat oder eine verlangen könnte.
kind-about-classification = Steht diese Ware in Anhang I, oder greift eine Auffangklausel?
kind-about-document = Ist diese Genehmigung oder Erklärung echt und gültig, und deckt sie die Sendung?
kind-about-information = Fragen mit Antwortform an eine oder mehrere Behörden.
kind-about-notice = Machen Sie eine Entscheidung bekannt, nach der sich der Zoll anderer richten muss.
part-stop = Grund und Anhaltung
part-classification = Die Ware
part-document = Die Unterlage
part-information = Worum es geht
part-notice = Was bekannt gemacht wird
part-handling = Handhabung und Bewertung
purpose-stop = Konsultation, bevor die Waren ausgehen
purpose-classification = Einreihung der Ware
purpose-document = Prüfung der Unterlage
purpose-information = Unterstützung bei einer Ermittlung
purpose-notice = Unterrichtung der betroffenen Behörden
send-new-stop = Anhaltung senden
send-new-classification = Ersuchen senden
send-new-document = Ersuchen senden
send-new-information = Ersuchen senden
send-new-notice = Mitteilung senden
send-to-contact-point = An die Kontaktstelle senden
preview = Vorschau
preview-as = Vorschau als { $unit }
preview-notice = So sieht es { $unit }. Durch das Ansehen wird nichts gesendet.
preview-back = Zurück zur eigenen Ansicht
draft-of = Entwurf
draft-seen-by = nur Ihre eigene Behörde sieht ihn, bis er gesendet ist
draft-unsaved = Noch nicht gesichert; nur Ihre eigene Behörde sieht ihn, bis er gesendet ist
group-of-all-licensing = Alle Genehmigungsbehörden
group-of-all-customs = Alle Zollbehörden
group-of-all-member-states = Alle Behörden der Mitgliedstaaten
group-of-all-and-commission = Alle Behörden und die Kommission
addressee-proposed = vorgeschlagen
addressee-chosen = von Ihnen gewählt
addressee-chosen-text = Von Ihnen gewählt.
addressee-unknown = Noch sagt nichts, wen zu fragen ist: eine Genehmigung oder der Staat des Ausführers täte es.
addressee-change = Eine andere Behörde fragen
addressee-as-proposed = wie vorgeschlagen: { $unit }
nobody-yet = Noch niemand
reason-issued = hat die Form { $pattern } der Genehmigungsnummern dieser Behörde, und diese Genehmigung ist angegeben.
reason-general = ist eine allgemeine Genehmigung, über die die Behörde des Staats des Ausführers ({ $state }) wacht.
reason-general-items = ist eine allgemeine Genehmigung und der Ausführer sitzt außerhalb der Union: der Staat, in dem die Waren sind ({ $state }).
reason-unknown = hat keine bekannte Form; am ehesten ist es der Staat des Ausführers ({ $state }).
reason-exporter = Keine Genehmigung ist angegeben: Die Behörde des Staats des Ausführers ({ $state }) könnte eine verlangen.
reason-items = Der Ausführer sitzt außerhalb der Union: die Behörde des Staats, in dem die Waren sind ({ $state }).
open-until = offen bis { $until }
closed-until = geschlossen bis { $at }
closed-now = geschlossen
closed-today = heute geschlossen: { $why }
night-contact-only = geschlossen, Nachtkontakt
hours-unknown = Zeiten nicht bekannt
if-nobody = Antwortet niemand bis { $until }:
if-nobody-then = dieser Grund endet, und das System hält es fest. Fällig ist die Überlassung erst, wenn kein anderer Grund besteht.
audience-will-title = Wer das sehen wird
audience-will-line = Sonst niemand. Bis es gesendet ist, nur Ihre eigene Behörde.
audience-all-desks = alle Arbeitsplätze
filled-from = gefüllt aus { $format }
message-items =
    { $count ->
        [one] 1 Position
       *[other] { $count } Positionen
    }

# Dateien
file-photographs = Bilder und Unterlagen
file-together = Höchstens 16 MB auf einmal; größere Dateien, bis je 200 MB, unter „Unterlagen“ des Entwurfs
file-one = Datei
file-help = Höchstens 200 MB. Programme, Skripte und Dokumente mit Makros werden nicht angenommen.
file-add = Datei hinzufügen
file-readers = Wer soll sie lesen?
file-for-everyone = Alle auf der Liste: { $units }
file-goes-along = Sie geht mit dem Entwurf hinaus
file-for-own = Nur Ihre eigene Behörde
file-too-large = Die Datei ist größer als { $most }. Senden Sie eine kleinere oder Teile davon.
file-executable = „{ $name }“ ist ein Programm oder Skript. Senden Sie stattdessen den Text, einen Ausdruck oder ein Bild.
file-macros = „{ $name }“ enthält Makros. Speichern Sie es ohne sie oder als PDF und senden Sie das.
file-broken-off = Die Datei brach ab; nichts davon wurde aufgehoben. Senden Sie sie noch einmal.

# Suche
search-for = Gefunden für „{ $text }“
search-for-partly = Bisher gefunden für „{ $text }“: Das System ist eben gestartet, sehen Sie gleich noch einmal nach
search-about = { $home } · letzte Änderung { $at }
search-empty = Was suchen Sie?
search-nothing = Nichts gefunden
search-nothing-text = Alle Wörter müssen in einem Vorgang stehen, der an Sie gerichtet ist: Wörter, Zeichen, Waren- und Kontrollcodes, MRN, EORI- und Genehmigungsnummern, Beteiligte. Das letzte Wort darf angefangen sein.
search-who-text = Das Verzeichnis weiß, wen man fragt.
