# Erreurs
what-you-can-do = Ce que vous pouvez faire
actions = Actions
error-404 = Rien à cette adresse
error-404-text = Cette page n’existe pas, ou elle n’est pas adressée à votre autorité. La réponse est la même dans les deux cas.
error-404-look = Regardez encore la référence.
error-404-look-text = Cinq signes se trouvent au milieu, par exemple
error-404-ask = Demandez à la personne qui vous a envoyé le lien.
error-404-ask-text = Qui a ouvert un dossier peut le partager avec votre autorité.
error-back = Revenez à ce qui vous attend.
error-back-text = Rien de ce que vous avez écrit ailleurs n’est perdu.
error-403 = Votre rôle ne le permet pas
error-403-text = Cette page relève d’un autre rôle de votre autorité. Votre administrateur attribue les rôles ; les réglages disent qui c’est.
error-413 = C’est trop volumineux
error-429 = Trop de tentatives
error-429-text = Il y a eu trop de tentatives d’ici. Attendez une minute, puis réessayez ; rien n’est bloqué durablement.
error-500 = Une erreur s’est produite ici
error-500-text = Ce qui était confirmé est conservé ; ce que vous venez d’envoyer n’est pas enregistré. Réessayez ; si l’erreur persiste, donnez à votre administrateur le numéro ci-dessous.
error-503 = Indisponible un instant
error-503-text = Le système démarre ou est en maintenance. Rien n’a été enregistré ; réessayez dans une minute.
error-number = numéro { $number }
error-413-text = Un fichier fait au plus { $file }, le reste au plus { $other }. Rien n’a été pris, rien n’est perdu : revenez et envoyez moins à la fois.

# La déclaration d’accessibilité
accessibility-title = Déclaration d’accessibilité
accessibility-aim = Ce que nous visons
accessibility-aim-1 = Ces pages visent la norme EN 301 549, soit WCAG 2.1 au niveau AA pour le web. Tout se lit et chaque formulaire s’envoie sans script, au clavier seul, agrandi à 200 % et sur 390 pixels de large.
accessibility-how = Comment c’est vérifié
accessibility-how-1 = Chaque page est produite vide, pleine, avec des mots très longs et du texte hostile à chaque essai, puis vérifiée par machine. Une machine ne trouve qu’une partie des défauts ; cette installation n’a pas encore été auditée par des personnes.
accessibility-limits = Limites connues
accessibility-limits-1 = Les fichiers joints par d’autres sont aussi accessibles qu’ils les ont faits.
accessibility-limits-2 = Les touches seules peuvent heurter celles d’un lecteur d’écran ; votre compte permet de les désactiver.
accessibility-say = Dites ce qui fait obstacle
accessibility-say-1 = Dites-le à l’administrateur de votre autorité ; l’exploitant de ce système doit répondre, et à défaut l’organisme qui contrôle l’accessibilité dans votre État peut être saisi.

# Aide
help-title = Aide
help-see = Qui voit quoi
help-see-1 = Un dossier est vu des autorités de sa liste et de personne d’autre ; pour les autres il n’existe pas. Le cadre « Qui voit cela » les nomme toutes.
help-see-2 = Les notes internes figurent sur papier jaune à bord tireté dans la colonne latérale, avec leur propre bouton. Elles ne quittent jamais votre autorité. Un message figure sur blanc et va à tous ceux de la liste.
help-clocks = Ce que disent les délais
help-clocks-1 = Le violet marque un délai où le droit donne effet au silence : selon l’article 21(4), dix jours ouvrables sans réponse mettent fin à un motif de l’article 21(3). Sans motif restant, les marchandises doivent recevoir mainlevée.
help-clocks-2 = Chaque case est un jour : pleine, passé ; à demi, aujourd’hui ; vide, restant ; un point, fin de semaine ; un anneau, jour férié de l’État dont le calendrier compte.
help-drafts = Ce qui est conservé
help-drafts-1 = Ce que vous écrivez dans un brouillon est enregistré au fil de la frappe et survit aux erreurs, à la déconnexion et au redémarrage. Jusqu’à l’envoi, seule votre autorité le voit.
help-law = Ce que ceci n’est pas
help-law-1 = Ce système coordonne. Il n’autorise, ne retient ni ne libère rien : chaque acte est celui de l’autorité compétente selon son droit. Aucune information classifiée ne doit y figurer.
