# La page d’un dossier
copy = copier
copied = copié
tabs = Vues de ce dossier
nothing-said = Rien n’a encore été dit.
documents = Documents
no-documents = Il n’y a pas de documents.
document-name = Fichier
document-by = De, quand
document-fingerprint = SHA-256
history = Historique
answers = Réponses
authority = Autorité
state = État
no-answer-yet = pas encore
latest = Derniers faits
linked = Liés
clocks = Délais
delivered = Remis
opened = Ouvert
internal-notes = Notes internes

# Un nouveau dossier
save-draft = Enregistrer le brouillon
declaration = Déclaration
choose-item = Choisir l’article
item-goods = Marchandises déclarées
item-cn = NC
item-net = Net kg
item-eur = EUR
item-documents = Documents
take-item = Remplir avec cet article
message-file = Message de déclaration (CC515C ou WCO DMS)
message-other = Autre message
read-message = Remplir depuis le message
addressee = Destinataire
drafts = Brouillons
drafts-whose = de votre autorité
