# Ce que répond l’API lorsqu’elle ne fait pas ce qui est demandé. Les clés se terminent par les mots de `problem.rs`.

problem-no-token = Aucun jeton n’a été fourni
problem-no-token-text = Envoyez le jeton sous la forme « Authorization: Bearer … ».
problem-bad-token = Ce jeton n’est pas valable
problem-bad-token-text = Il ne l’a jamais été, a été révoqué ou a expiré, ou son titulaire est parti. Demandez-en un nouveau.
problem-role = Votre rôle ne le permet pas
problem-role-text = L’administration de votre autorité peut dire quels rôles vous avez.
problem-not-found = Il n’y a rien à cette adresse
problem-not-found-text = Il n’y a jamais rien eu, ou ce n’est pas pour vous.
problem-method = Cette adresse n’admet pas cette méthode
problem-method-text = Le document de l’API indique les méthodes admises.
problem-not-json = Le corps n’est pas du JSON
problem-not-json-text = Ligne { $line }, colonne { $column } : { $what }
problem-too-deep = Le corps est trop imbriqué
problem-too-deep-text = Ligne { $line }, colonne { $column } : plus de { $most } objets et listes imbriqués.
problem-too-large = Le corps est trop long
problem-too-large-text = Au plus { $most } octets sont lus.
problem-media-type = Le corps n’est pas du bon type
problem-media-type-text = « Content-Type: { $expected } » était attendu.
problem-malformed = Les données ne peuvent pas être lues
problem-malformed-text = { $count ->
    [one] Une donnée est erronée ; elle figure sous « errors ».
   *[other] { $count } données sont erronées ; elles figurent sous « errors ».
}
problem-refused = Les règles ne le permettent pas
problem-stale = Le dossier a changé depuis que vous l’avez consulté
problem-stale-text = Ce qui s’est ajouté figure sous « newer ». Relisez le dossier et décidez à nouveau.
problem-key-used = Cette clé d’idempotence a servi à une autre demande
problem-key-used-text = Prenez une nouvelle clé pour chaque nouvelle demande, et la même uniquement pour la répéter.
problem-unavailable = Impossible pour le moment
problem-unavailable-text = Réessayez dans quelques secondes, avec la même clé d’idempotence.
problem-failed = Quelque chose a échoué
problem-failed-text = Rien n’a été modifié. Indiquez ce numéro à l’exploitant : { $number }
