# Was die API antwortet, wenn sie nicht tut, worum sie gebeten wurde. Die Schlüssel enden mit den Wörtern von `problem.rs`.

problem-no-token = Es wurde kein Token angegeben
problem-no-token-text = Senden Sie das Token als „Authorization: Bearer …“.
problem-bad-token = Dieses Token gilt nicht
problem-bad-token-text = Es galt nie, wurde widerrufen, ist abgelaufen, oder sein Inhaber ist ausgeschieden. Fordern Sie ein neues an.
problem-role = Ihre Rolle lässt dies nicht zu
problem-role-text = Die Verwaltung Ihrer Behörde kann sagen, welche Rollen Sie haben.
problem-not-found = Unter dieser Adresse gibt es nichts
problem-not-found-text = Es gab dort nie etwas, oder es ist nicht für Sie bestimmt.
problem-method = Diese Adresse kennt diese Methode nicht
problem-method-text = Das Dokument der API sagt, welche Methoden sie kennt.
problem-not-json = Der Inhalt ist kein JSON
problem-not-json-text = Zeile { $line }, Spalte { $column }: { $what }
problem-too-deep = Der Inhalt ist zu tief verschachtelt
problem-too-deep-text = Zeile { $line }, Spalte { $column }: mehr als { $most } Objekte und Listen ineinander.
problem-too-large = Der Inhalt ist zu lang
problem-too-large-text = Höchstens { $most } Bytes werden gelesen.
problem-media-type = Der Inhalt ist von der falschen Art
problem-media-type-text = Erwartet wurde „Content-Type: { $expected }“.
problem-malformed = Die Angaben lassen sich nicht lesen
problem-malformed-text = { $count ->
    [one] Eine Angabe ist falsch; sie steht unter „errors“.
   *[other] { $count } Angaben sind falsch; sie stehen unter „errors“.
}
problem-refused = Die Regeln lassen dies nicht zu
problem-stale = Der Vorgang hat sich geändert, seit Sie ihn angesehen haben
problem-stale-text = Was seither hinzukam, steht unter „newer“. Lesen Sie den Vorgang erneut und entscheiden Sie neu.
problem-key-used = Dieser Idempotenzschlüssel wurde für eine andere Anfrage verwendet
problem-key-used-text = Nehmen Sie für jede neue Anfrage einen neuen Schlüssel, und denselben nur, um sie zu wiederholen.
problem-unavailable = Zurzeit nicht möglich
problem-unavailable-text = Versuchen Sie es in einigen Sekunden mit demselben Idempotenzschlüssel erneut.
problem-failed = Etwas ist fehlgeschlagen
problem-failed-text = Es wurde nichts geändert. Nennen Sie dem Betreiber diese Nummer: { $number }
