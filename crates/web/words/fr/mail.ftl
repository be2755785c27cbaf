mail-dossier-subject = { $reference } demande votre attention
mail-dossier-body = Quelque chose a changé dans { $reference }. Connectez-vous pour le voir :
    { $link }
    
    Ce message ne dit rien du contenu, et personne ne lit les réponses.
mail-invitation-subject = Votre compte pour le mécanisme de coordination de l’application
mail-invitation-body = Un compte a été créé pour vous. Choisissez un mot de passe dans les sept jours :
    { $link }
mail-reset-subject = Un nouveau mot de passe pour le mécanisme de coordination de l’application
mail-reset-body = Choisissez un nouveau mot de passe dans l’heure :
    { $link }
    
    Si vous ne l’avez pas demandé, ne faites rien et prévenez votre administrateur.
