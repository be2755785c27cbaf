# Listes de dossiers
queue-clock = Délai
queue-subject = Objet
queue-from = De / jusqu’à
queue-state = État, attribué, âge
queue-unread = nouveau
queue-preview = Aperçu

# Titres et groupes
due-and-waiting = À échéance et en attente
group-silence = Le silence décide
group-silence-hint = sans réponse, le droit donne effet au silence
group-you = En attente de vous
group-you-hint = les retards d’abord
group-others = En attente des autres
filter-all = Tous
filter-mine = Les miens
filter-nobody = Sans titulaire
filter-overdue = En retard
filter-age = Âge en jours
take-next = Prendre le suivant
new-request = Nouvelle demande
checked-at = Vérifié { $now } · se met à jour seul
not-assigned = non attribué
age-days = { $days } j
nothing-waits = Rien n’attend { $authority }
nothing-waits-text = Ici apparaît ce que d’autres autorités vous demandent, d’abord ce que le silence déciderait : pour une rétention au titre de l’article 21(3), dix jours ouvrables sans réponse mettent fin au motif. Un courriel vous donne la référence, rien de plus.
step-directory = Dites aux autres qui répond ici.
step-directory-text = Services, horaires et contact de nuit.
step-directory-button = Compléter l’annuaire
step-ask = Demandez vous-même quelque chose.
step-ask-text = Classement, vérification d’autorisation ou toute autre question.

# Délais en mots
clock-left =
    { $days ->
        [one] encore 1 jour
       *[other] encore { $days } jours
    }
clock-overdue =
    { $days ->
        [one] 1 jour de retard
       *[other] { $days } jours de retard
    }
clock-today = aujourd’hui { $time }
clock-today-end = finit aujourd’hui
clock-tomorrow = demain { $time }
clock-answered = répondu
clock-release-due = mainlevée due
clock-not-started = dès l’envoi
clock-none = sans délai
strip-spoken = { $used } jours ouvrables sur { $total } écoulés, { $left } restants
