# Formulare
form-errors =
    { $count ->
        [one] Eines steht im Weg
       *[other] { $count } Dinge stehen im Weg
    }
form-error = Fehler:
form-optional = (freiwillig)
form-unit = Einheit
form-date-example = 24. Nov. 2026
form-saving = wird gesichert …
form-saved-at = gesichert um
form-not-saved = nicht gesichert; der Text steht noch hier, Seite offen lassen
