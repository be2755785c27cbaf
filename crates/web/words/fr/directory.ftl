# L’annuaire
find = Trouver
understood-as = Compris comme
on-duty = De service
function = Fonction
speaks = Parle
reach = Joindre
desk = Service
languages = Langues
now = Maintenant
there = Là-bas
hours-yours = Horaires, à votre heure
ask = Demander
directory-title = Qui répond à cela, maintenant ?
directory-hint = Donnez ce que vous avez : un code de bureau, un numéro d’autorisation, un État et une question, une langue.
