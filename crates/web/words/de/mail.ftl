mail-dossier-subject = { $reference } braucht Ihre Aufmerksamkeit
mail-dossier-body = In { $reference } hat sich etwas geändert. Melden Sie sich an, um es zu sehen:
    { $link }
    
    Diese Nachricht sagt nichts zum Inhalt, und niemand liest Antworten darauf.
mail-invitation-subject = Ihr Konto für den Koordinierungsmechanismus für die Durchsetzung
mail-invitation-body = Für Sie wurde ein Konto angelegt. Wählen Sie binnen sieben Tagen ein Kennwort:
    { $link }
mail-reset-subject = Ein neues Kennwort für den Koordinierungsmechanismus für die Durchsetzung
mail-reset-body = Wählen Sie binnen einer Stunde ein neues Kennwort:
    { $link }
    
    Haben Sie das nicht verlangt, tun Sie nichts und sagen Sie es Ihrer Verwaltung.
