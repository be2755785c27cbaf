# Fehler
what-you-can-do = Was Sie tun können
actions = Aktionen
error-404 = Unter dieser Adresse ist nichts
error-404-text = Es gibt diese Seite nicht, oder sie ist nicht an Ihre Behörde gerichtet. Die Antwort ist in beiden Fällen dieselbe.
error-404-look = Sehen Sie das Zeichen noch einmal an.
error-404-look-text = Fünf Zeichen stehen in der Mitte, etwa
error-404-ask = Fragen Sie, wer Ihnen den Verweis geschickt hat.
error-404-ask-text = Wer einen Vorgang eröffnet hat, kann ihn mit Ihrer Behörde teilen.
error-back = Zurück zu dem, was auf Sie wartet.
error-back-text = Nichts, was Sie anderswo geschrieben haben, ist verloren.
error-403 = Ihre Rolle tut das nicht
error-403-text = Diese Seite gehört zu einer anderen Rolle in Ihrer Behörde. Rollen vergibt Ihre Verwaltung; wer das ist, steht in den Einstellungen.
error-413 = Das ist zu groß
error-429 = Zu viele Versuche
error-429-text = Von hier aus wurde es zu oft versucht. Warten Sie eine Minute und versuchen Sie es dann wieder; nichts ist dauerhaft gesperrt.
error-500 = Hier ist etwas fehlgeschlagen
error-500-text = Was vorher bestätigt wurde, ist gesichert; was Sie eben gesendet haben, ist nicht aufgezeichnet. Versuchen Sie es noch einmal; schlägt es wieder fehl, nennen Sie Ihrer Verwaltung die Nummer unten.
error-503 = Einen Augenblick nicht erreichbar
error-503-text = Das System startet oder wird gewartet. Nichts wurde aufgezeichnet; versuchen Sie es in einer Minute noch einmal.
error-number = Nummer { $number }
error-413-text = Eine Datei darf höchstens { $file } haben, alles andere höchstens { $other }. Nichts wurde angenommen, nichts ging verloren: Gehen Sie zurück und senden Sie weniger auf einmal.

# Die Erklärung zur Barrierefreiheit
accessibility-title = Erklärung zur Barrierefreiheit
accessibility-aim = Was wir anstreben
accessibility-aim-1 = Diese Seiten sollen EN 301 549 erfüllen, für Webseiten also WCAG 2.1 auf Stufe AA. Alles lässt sich ohne Skript lesen und jedes Formular ohne Skript absenden, nur mit der Tastatur, bei 200 % Vergrößerung und auf 390 Pixeln Breite.
accessibility-how = Wie es geprüft wird
accessibility-how-1 = Jede Seite wird bei jedem Testlauf leer, voll, mit sehr langen Wörtern und mit feindlichem Text erzeugt und maschinell geprüft. Eine Maschine findet nur einen Teil der Fehler; eine Prüfung dieser Installation durch Menschen steht noch aus.
accessibility-limits = Bekannte Grenzen
accessibility-limits-1 = Dateien, die andere anhängen, sind so barrierefrei, wie diese sie gemacht haben.
accessibility-limits-2 = Einzeltasten können mit denen eines Bildschirmlesers zusammenstoßen; in Ihrem Konto lassen sie sich abschalten.
accessibility-say = Sagen Sie, was im Weg steht
accessibility-say-1 = Sagen Sie es der Verwaltung Ihrer Behörde; wer dieses System betreibt, muss antworten, und bleibt die Antwort aus, können Sie die Stelle fragen, die in Ihrem Staat die Barrierefreiheit überwacht.

# Hilfe
help-title = Hilfe
help-see = Wer was sieht
help-see-1 = Einen Vorgang sehen die Behörden auf seiner Liste und sonst niemand; für alle anderen gibt es ihn nicht. Das Feld „Wer das sieht“ nennt sie alle.
help-see-2 = Interne Vermerke stehen auf gelbem Papier mit gestricheltem Rand in der Seitenspalte, unter einem eigenen Knopf. Sie verlassen Ihre Behörde nie. Eine Nachricht steht auf Weiß und geht an alle auf der Liste.
help-clocks = Was die Fristen sagen
help-clocks-1 = Violett heißt: Das Recht gibt dem Schweigen eine Wirkung. Nach Artikel 21 Absatz 4 beenden zehn Arbeitstage ohne Antwort einen Grund des Artikels 21 Absatz 3. Besteht kein Grund mehr, ist die Ware zu überlassen.
help-clocks-2 = Jedes Kästchen ist ein Tag: voll ist vorbei, halb voll ist heute, leer steht aus, ein Punkt ist Wochenende, ein Ring ein Feiertag des Staates, dessen Kalender zählt.
help-drafts = Was gesichert wird
help-drafts-1 = Was Sie in einen Entwurf schreiben, wird beim Schreiben gesichert und bleibt über Fehler, Abmeldung und Neustart hinweg erhalten. Bis zum Absenden sieht ihn nur Ihre Behörde.
help-law = Was dies nicht ist
help-law-1 = Dieses System koordiniert. Es genehmigt, hält an und überlässt nichts: Jede Handlung ist die der zuständigen Behörde nach ihrem Recht. Verschlusssachen gehören nicht hierher.
