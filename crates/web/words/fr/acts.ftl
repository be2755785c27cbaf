# Se connecter
sign-in = Se connecter
sign-in-user = Nom d’utilisateur
sign-in-password-label = Mot de passe
sign-in-refused = Le nom d’utilisateur et le mot de passe ne vont pas ensemble. Lequel est faux n’est pas dit ; réessayez.
sign-in-wrong-code = Le code est faux, a expiré ou a déjà servi. Attendez le suivant.
sign-in-wait = Trop d’essais ont été faits. Réessayez à { $at } ; rien n’est bloqué pour toujours.
sign-in-second = Second facteur
sign-in-code = Code
sign-in-code-help = Six chiffres de votre application d’authentification, ou un code de secours
signed-out-kept = Votre session avait expiré. Ce que vous avez tapé est conservé et revient dès que vous serez connecté.
kept-restored = Voici ce que vous aviez tapé avant la fin de votre session. Rien n’a été envoyé ; relisez et envoyez.
error-form = Ce formulaire est trop ancien
error-form-text = Il date d’une session précédente, ou n’est pas des nôtres. Rien n’a été fait. Revenez en arrière, rechargez la page et renvoyez-le.

# Ce que l’on peut faire d’un dossier
act-edit = Modifier
act-send = Envoyer
act-approve = Approuver et envoyer
act-send-back = Renvoyer
act-recall = Retirer
act-acknowledge = Accuser réception
act-message = Message
act-note = Note interne
act-assign = Attribuer
act-assign-me = M’attribuer
act-share = Partager
act-consent = Décider du partage
act-withdraw = Retirer un destinataire
act-tighten = Durcir le traitement
act-extend = Prolonger
act-close = Clore
act-reopen = Rouvrir
act-answer = Répondre
act-refuse = Refuser de répondre
act-dissent = Être d’un autre avis
act-inform = Douanes informées
act-outcome = Consigner l’issue
act-add-ground = Ajouter un motif
act-stop-extend = Prolonger à 30 jours
send-message = Envoyer le message
send-note = Enregistrer la note interne
send-answer = Envoyer la réponse
send-stop-answer = Envoyer la réponse
send-outcome = Consigner l’issue
send-inform = Consigner
answer-notifies = Un projet d’avis aux autres États et à la Commission attendra dans votre propre liste ; rien ne leur part maintenant.
another-note = Autre note interne
message-to = Message à { $units }
asked = Demandé :
answers-not-offered = Non prévu pour ces motifs : { $answers }.
not-answered-now = sans réponse pour l’instant
answer-instead = À la place
refused-because = En cas de refus, pourquoi
consent-which = Quelle demande
consent-request = { $by } souhaite partager avec { $to } : { $purpose }
stale = Le dossier a changé pendant que vous écriviez : { $newer }. Rien n’a été envoyé ; ce que vous avez tapé est toujours ici. Regardez, puis renvoyez.
sent-before = Ce formulaire a déjà été envoyé avec un autre contenu. Ce que vous avez tapé est toujours ici ; renvoyez-le si c’est voulu.
view-as = Voir comme { $unit }
open-dossier = Ouvrir
no-subject = Sans objet pour l’instant
nobody = personne
assigned-to = attribué à { $person }
notes-only = { $unit } seulement

# Qui le voit
audience-title = Qui voit ceci
audience-asks = demande
audience-only = seulement. Personne d’autre n’en sait rien.
audience-see =
    { $count ->
        [one] voit ceci.
       *[other] voient ceci.
    }
audience-nobody-else = Personne d’autre n’en sait rien.
audience-will-read = le lira, personne d’autre.

# Ce que signifie un état
notice-draft = C’est un brouillon. Seule l’autorité { $home } le voit jusqu’à l’envoi.
notice-for-approval = Ceci attend un point de contact de votre autorité ; rien n’en est encore sorti.
notice-waiting = En attente de { $who }.
notice-until = Une réponse est à temps jusqu’à { $until }.
notice-answer-by = Répondez avant { $until }.
notice-answered = Une réponse a été donnée.
notice-outcome = Consignez ce que sont devenus les biens.
notice-closed = Ce dossier est clos.
notice-closed-with = Ce dossier est clos : { $outcome }.
notice-withdrawn = Celui qui demandait a retiré sa demande.
notice-ground-ended = Le silence a mis fin à un motif : { $ground }. Un autre motif demeure, les biens restent retenus.
release-due = Le délai de l’article 21, paragraphe 4, a expiré : la mainlevée doit être donnée, sauf si un autre motif juridique est consigné.

# Faits
fact-exporter = Exportateur
fact-consignee = Destinataire, destination
fact-item = Bien
fact-how-much = Combien
fact-licence = Autorisation, utilisation finale
fact-held = Retenu à
fact-since = depuis { $at }
fact-more-items =
    { $count ->
        [one] et 1 autre article
       *[other] et { $count } autres articles
    }
details-purpose = Finalité et base juridique

# Listes
group-ended = Terminés
filter-kind = Type

# Délais
clocks-running =
    { $count ->
        [0] aucun ne court
        [one] 1 court
       *[other] { $count } courent
    }
clocks-once-sent = commencent à l’envoi
clock-from-consultation = Depuis la consultation, calendrier : { $state }
clock-from-suspension = Depuis la suspension, calendrier : { $state }
clock-end-of-day = fin de journée, { $zone }
clock-earlier = plus tôt, avertit
clock-holiday = { $day }, { $name }, est férié : { $state }.
clock-ended-answer = Terminé par la réponse, { $at }.
clock-ended-silence = Terminé par le silence, { $at }.
clock-ended-closing = Terminé avec la demande, { $at }.
silence-others-stand = Tant qu’un autre motif demeure, les biens restent retenus.
silence-last-ground = Si aucun autre motif ne demeure, la mainlevée est due.
strip-hours = { $used } heures sur { $total } écoulées, reste { $left }
calendar-institutions = institutions de l’Union

# Tableaux de réponses
matrix-state = { $given } sur { $total }
matrix-summary = { $given } réponses sur { $total } reçues
matrix-informed = informé
matrix-not-yet = pas encore
matrix-no-duty = sans obligation
history-count = { $count } entrées, selon votre compte

# Formulaires
form-remove = Retirer { $one } { $number }
form-add = Ajouter : { $one }
form-several = plusieurs, séparés par des virgules
form-line-each = un par ligne
form-instant = jour et heure, par exemple 24 nov. 2026 09:55 ; il est { $now }

# Pourquoi non
refusal-not-now = Ce n’est pas possible tant que le dossier est « { $state } ».
refusal-originator-only = Seule l’autorité { $home }, qui a ouvert le dossier, peut le faire.
refusal-asked-only = Seule une autorité consultée peut le faire.
refusal-contact-point-only = Un point de contact de votre autorité doit le faire.
refusal-role = Votre rôle ne le permet pas.
refusal-unknown-unit = L’annuaire n’a pas d’unité { $unit } ; choisissez-en une qui y figure.
refusal-already-listed = Toutes voient déjà le dossier.
refusal-not-listed = { $unit } n’est pas sur la liste.
refusal-originator-stays = L’autorité qui a ouvert le dossier reste sur sa liste.
refusal-asked-stays = { $unit } est consultée et reste sur la liste jusqu’à sa réponse ou au retrait de la demande.
refusal-own-authority = Une demande s’adresse à une autre autorité ; choisissez-en une.
refusal-loosens = Le traitement peut être durci, jamais assoupli.
refusal-classified = Aucune information classifiée (RESTREINT UE ou plus) ne peut être mise ici. Utilisez la voie prévue, et n’indiquez ici que cette voie et une référence.
refusal-already-extended = Le délai a déjà été prolongé, à 30 jours ouvrables en tout (article 21, paragraphe 4).
refusal-nothing-to-extend = Aucun délai ne peut être prolongé ici : celui de l’article 21, paragraphe 4, l’est par l’autorité consultée, les délais convenus par le demandeur.
refusal-not-later = Le nouveau jour doit suivre { $day }, le dernier jour actuel.
refusal-past = { $day } est déjà passé.
refusal-ground-stands = Ce motif est déjà consigné.
refusal-answer-not-offered = « { $answer } » ne convient pas aux motifs de cette retenue (articles 16, paragraphe 1, et 4, paragraphe 1).
refusal-outcome-not-possible = « { $outcome } » n’est pas possible ici (article 21, paragraphe 4).
refusal-no-question = Il n’y a pas de question { $question }.
refusal-no-command = Ce type de dossier ne le prévoit pas.
refusal-no-consent-request = Aucune demande de consentement n’est ouverte.
refusal-destroyed = Le contenu de ce dossier a été détruit ; la preuve qu’un échange a eu lieu demeure.
refusal-no-year = Les jours fériés de { $calendar } en { $year } ne sont pas connus ici. Demandez à votre administrateur de les charger.
refusal-out-of-range = { $day } est trop loin pour compter à partir de là.

# Ce qui ne va pas dans un champ
wrong-missing = manque
wrong-unknown = n’est pas un champ de ce formulaire
wrong-not-one = une seule valeur était attendue
wrong-not-list = une liste était attendue
wrong-too-long = a { $length } caractères, { $max } au plus étaient attendus
wrong-too-many = a { $length } entrées, { $max } au plus étaient attendues
wrong-malformed = « { $given } » n’est pas { $expected }
wrong-no-choice = « { $given } » n’est pas au choix
wrong-not-text = contient des caractères de contrôle ; seul du texte était attendu
wrong-ahead = est dans le futur ; un instant jusqu’à maintenant était attendu
wrong-gone = est déjà passé ; aujourd’hui ou un jour ultérieur était attendu
sort-cn8 = un code de marchandise de huit chiffres, par exemple 8542 31 90
sort-control-code = une entrée de l’annexe I, par exemple 3A001.a.2
sort-country = un pays en deux lettres, par exemple KZ
sort-eori = un numéro EORI, par exemple DE471120883
sort-mrn = un MRN, par exemple 26NL000510K7Q2D4A1
sort-licence-number = un numéro d’autorisation de 35 caractères au plus
sort-document-code = un code de document de quatre caractères, par exemple X060
sort-customs-office = un bureau de douane de huit caractères, par exemple NL000510
sort-unit = une unité de l’annuaire
sort-date = un jour, par exemple 24 nov. 2026
sort-instant = un jour et une heure, par exemple 24 nov. 2026 09:55
sort-quantity = un nombre positif ou nul, par exemple 18,6
sort-count = un nombre entier à partir de un, par exemple 2
sort-fingerprint = une empreinte SHA-256 de 64 chiffres hexadécimaux

# Un nouveau dossier
new-stop = Nouvelle retenue
new-classification = Nouveau classement
new-document = Nouvelle vérification de document
new-information = Nouvelle demande d’information
new-notice = Nouvel avis
kind-about-stop = Des biens sont à la frontière : consultez l’autorité qui a délivré l’autorisation, ou pourrait en exiger une.
kind-about-classification = Ce bien figure-t-il à l’annexe I, ou relève-t-il d’une clause attrape-tout ?
kind-about-document = Cette autorisation ou déclaration est-elle authentique et valable, et couvre-t-elle l’envoi ?
kind-about-information = Des questions typées à une ou plusieurs autorités.
kind-about-notice = Faites connaître une décision dont les douanes des autres doivent tenir compte.
part-stop = Motif et retenue
part-classification = Le bien
part-document = Le document
part-information = De quoi il s’agit
part-notice = Ce qui est communiqué
part-handling = Traitement et évaluation
purpose-stop = Consultation avant la sortie des biens
purpose-classification = Classement du bien
purpose-document = Vérification du document
purpose-information = Assistance à une enquête
purpose-notice = Information des autorités concernées
send-new-stop = Envoyer la retenue
send-new-classification = Envoyer la demande
send-new-document = Envoyer la demande
send-new-information = Envoyer la demande
send-new-notice = Envoyer l’avis
send-to-contact-point = Envoyer au point de contact
preview = Aperçu
preview-as = Aperçu comme { $unit }
preview-notice = Voici ce que voit { $unit }. Regarder n’envoie rien.
preview-back = Retour à votre vue
draft-of = Brouillon
draft-seen-by = vu de votre seule autorité jusqu’à l’envoi
draft-unsaved = Pas encore enregistré ; vu de votre seule autorité jusqu’à l’envoi
group-of-all-licensing = Toutes les autorités d’octroi
group-of-all-customs = Toutes les autorités douanières
group-of-all-member-states = Toutes les autorités des États membres
group-of-all-and-commission = Toutes les autorités et la Commission
addressee-proposed = proposé
addressee-chosen = choisi par vous
addressee-chosen-text = Choisi par vous.
addressee-unknown = Rien de saisi ne dit encore qui consulter : une autorisation ou l’État de l’exportateur le dirait.
addressee-change = Consulter une autre autorité
addressee-as-proposed = comme proposé : { $unit }
nobody-yet = Personne encore
reason-issued = a la forme { $pattern } des numéros d’autorisation de cette autorité, et c’est l’autorisation citée.
reason-general = est une autorisation générale, que surveille l’autorité de l’État de l’exportateur ({ $state }).
reason-general-items = est une autorisation générale et l’exportateur est hors de l’Union : l’État où sont les biens ({ $state }).
reason-unknown = n’a la forme d’aucun numéro connu ; l’État de l’exportateur ({ $state }) est le plus probable.
reason-exporter = Aucune autorisation n’est citée : l’autorité de l’État de l’exportateur ({ $state }) pourrait en exiger une.
reason-items = L’exportateur est hors de l’Union : l’autorité de l’État où sont les biens ({ $state }).
open-until = ouvert jusqu’à { $until }
closed-until = fermé jusqu’à { $at }
closed-now = fermé
closed-today = fermé aujourd’hui : { $why }
night-contact-only = fermé, contact de nuit
hours-unknown = horaires inconnus
if-nobody = Si personne ne répond avant { $until } :
if-nobody-then = ce motif prend fin et le système le consigne. La mainlevée n’est due que si aucun autre motif ne demeure.
audience-will-title = Qui verra ceci
audience-will-line = Personne d’autre. Jusqu’à l’envoi, votre seule autorité.
audience-all-desks = tous les bureaux
filled-from = rempli depuis { $format }
message-items =
    { $count ->
        [one] 1 article
       *[other] { $count } articles
    }

# Fichiers
file-photographs = Photographies et documents
file-together = Au plus 16 Mo à la fois ; les fichiers plus gros, jusqu’à 200 Mo chacun, sous « Documents » du brouillon
file-one = Fichier
file-help = Au plus 200 Mo. Les programmes, scripts et documents à macros ne sont pas acceptés.
file-add = Ajouter le fichier
file-readers = Qui doit le lire ?
file-for-everyone = Tous ceux de la liste : { $units }
file-goes-along = Il part avec le brouillon
file-for-own = Votre seule autorité
file-too-large = Le fichier dépasse { $most }. Envoyez-en un plus petit, ou des parties.
file-executable = « { $name } » est un programme ou un script. Envoyez plutôt son texte, une impression ou une image.
file-macros = « { $name } » contient des macros. Enregistrez-le sans elles, ou en PDF, et envoyez cela.
file-broken-off = Le fichier s’est interrompu ; rien n’en a été gardé. Renvoyez-le.

# Recherche
search-for = Trouvé pour « { $text } »
search-for-partly = Trouvé jusqu’ici pour « { $text } » : le système vient de démarrer, regardez de nouveau dans un instant
search-about = { $home } · dernier changement { $at }
search-empty = Que cherchez-vous ?
search-nothing = Rien trouvé
search-nothing-text = Tous les mots doivent figurer dans un dossier qui vous est adressé : mots, références, codes de marchandise et de contrôle, MRN, numéros EORI et d’autorisation, parties. Le dernier mot peut n’être que commencé.
search-who-text = L’annuaire sait qui consulter.
