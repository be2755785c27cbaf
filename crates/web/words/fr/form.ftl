# Formulaires
form-errors =
    { $count ->
        [one] Un point fait obstacle
       *[other] { $count } points font obstacle
    }
form-error = Erreur :
form-optional = (facultatif)
form-unit = Unité
form-date-example = 24 nov. 2026
form-saving = enregistrement…
form-saved-at = enregistré à
form-not-saved = non enregistré ; le texte est encore ici, gardez la page ouverte
