# Listen von Vorgängen
queue-clock = Frist
queue-subject = Gegenstand
queue-from = Von / bis
queue-state = Stand, bei, Alter
queue-unread = neu
queue-preview = Vorschau

# Titel und Gruppen
due-and-waiting = Fällig und wartend
group-silence = Schweigen entscheidet
group-silence-hint = antwortet niemand, gibt das Recht dem Schweigen eine Wirkung
group-you = Wartet auf Sie
group-you-hint = Überfälliges zuerst
group-others = Wartet auf andere
filter-all = Alle
filter-mine = Meine
filter-nobody = Niemandes
filter-overdue = Überfällig
filter-age = Alter in Tagen
take-next = Nächsten freien nehmen
new-request = Neue Anfrage
checked-at = Geprüft { $now } · erneuert sich selbst
not-assigned = nicht zugewiesen
age-days = { $days } T
nothing-waits = Für { $authority } wartet nichts
nothing-waits-text = Hier erscheint, was andere Behörden von Ihnen wissen wollen, zuerst das, was Schweigen entscheiden würde: Bei einer Anhaltung nach Artikel 21 Absatz 3 beenden zehn Arbeitstage ohne Ihre Antwort den Grund. Eine Mail nennt Ihnen das Zeichen, sonst nichts.
step-directory = Sagen Sie den anderen, wer hier antwortet.
step-directory-text = Referate, Zeiten und ein Nachtkontakt.
step-directory-button = Verzeichnis ergänzen
step-ask = Fragen Sie selbst etwas.
step-ask-text = Einstufung, Genehmigungsprüfung oder jede andere Frage.

# Fristen in Worten
clock-left =
    { $days ->
        [one] noch 1 Tag
       *[other] noch { $days } Tage
    }
clock-overdue =
    { $days ->
        [one] seit 1 Tag überfällig
       *[other] seit { $days } Tagen überfällig
    }
clock-today = heute { $time }
clock-today-end = endet heute
clock-tomorrow = morgen { $time }
clock-answered = beantwortet
clock-release-due = Überlassung fällig
clock-not-started = ab Absenden
clock-none = keine Frist
strip-spoken = { $used } von { $total } Arbeitstagen vorbei, { $left } übrig
