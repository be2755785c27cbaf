# Le compte, les liens, et pourquoi une chose n’est pas faite à un compte
account-password = Mot de passe
account-password-present = Mot de passe actuel
account-button-password = Changer le mot de passe
account-done-password = Le mot de passe est changé. Vos autres sessions sont terminées.
password-new = Nouveau mot de passe
password-rules = Au moins 12 caractères ; plusieurs mots sans rapport conviennent bien. Ni chiffres ni signes ne sont exigés.
password-too-short = il a { $given } caractères, il en faut au moins { $least } ; prenez un mot de plus
password-too-long = il a { $given } caractères, { $most } au plus sont acceptés
password-like-login = il est fait du nom d’utilisateur ; prenez des mots sans rapport avec lui
password-common = il est de ceux que l’on essaie en premier ; prenez plusieurs mots sans rapport
account-second-factor = Second facteur
account-factor-off = désactivé
account-factor-off-hint = Avec un second facteur, celui qui apprend votre mot de passe ne peut toujours pas entrer. Il vous faut une application qui montre des codes à six chiffres changeant toutes les 30 secondes (TOTP, RFC 6238).
account-button-second-factor = L’installer
account-factor-scan = Scannez ceci avec votre application, ou tapez les lettres ; c’est montré une seule fois. Saisissez ensuite les six chiffres qu’elle affiche.
account-factor-picture = Code à scanner par une application de second facteur
account-factor-confirming = Votre application a déjà son secret. Attendez son prochain code et saisissez-le ; ou rechargez cette page et recommencez.
account-button-code = Confirmer
account-codes = Codes de secours
account-codes-hint = Le second facteur est actif. Chacun de ces codes ouvre votre compte une fois, si votre téléphone est perdu. Ils sont montrés maintenant et plus jamais : imprimez-les ou notez-les.
account-factor-on = actif, { $count ->
        [one] un code de secours restant
       *[other] { $count } codes de secours restants
    }
account-factor-on-hint = À la connexion, un code de votre application est demandé. Pour changer de téléphone ou obtenir de nouveaux codes de secours, retirez-le et installez-le de nouveau.
account-button-second-factor-off = Le retirer
account-done-second-factor-off = Le second facteur est retiré.
account-sessions = Sessions
account-sessions-hint = Cette session a commencé { $started } et finit { $until } si vous ne continuez pas à travailler. Les sessions sur d’autres postes peuvent être terminées d’ici.
account-button-sessions = Terminer toutes les autres sessions
account-done-sessions = Toutes vos autres sessions sont terminées.
account-tokens = Jetons de l’interface
account-tokens-hint = Les programmes qui agissent en votre nom présentent un jeton. Il peut tout ce que vous pouvez : donnez à chaque programme le sien, et révoquez ce qui ne sert plus.
account-button-tokens = Délivrer un jeton
account-token-name = Nom
account-token-name-help = À quoi il sert, par exemple « système de déclaration, essai »
account-token-created = Délivré
account-token-until = Valable jusqu’au
account-token-used = Dernière utilisation
account-token-unused = jamais
account-token-once = Le jeton « { $name } », montré maintenant et plus jamais :
account-revoke = Révoquer « { $name } »
account-done-revoke = Le jeton est révoqué.
account-look = Langue et apparence
account-look-hint = Elles valent sur chaque poste où vous vous connectez.
account-button-look = Enregistrer l’apparence
account-language-browser = Comme le demande le navigateur
account-theme = Clair ou sombre
theme-system = Comme le veut votre système
theme-light = Clair
theme-dark = Sombre
account-keys-hint = Les touches seules peuvent gêner un lecteur d’écran ou la saisie vocale.
account-keys-label = Touches seules
account-keys-on = Actives
account-keys-off = Inactives, et aucune indication n’est montrée
account-button-keys = Enregistrer les touches
account-done-look = Enregistré.
account-no-day = ce n’est pas un jour lisible ; écrivez 24/11/2026 ou 2026-11-24

link-invitation = Choisissez votre mot de passe
link-reset = Choisissez un nouveau mot de passe
link-whose = Ceci est pour { $name }, nom d’utilisateur { $login }.
link-button = Fixer le mot de passe et se connecter
link-spent = Ce lien n’est pas valable
link-spent-text = Il a servi, a expiré, ou n’a jamais existé. Un lien sert une fois ; demandez-en un nouveau à l’administrateur de votre autorité.

denial-no-role = cochez-en au moins un ; celui qui ne doit rien faire est exclu
denial-role-elsewhere = le rôle « { $role } » n’est pas de cette autorité
denial-last-administrator = il ne resterait personne pour administrer l’autorité ; nommez d’abord quelqu’un d’autre administrateur
denial-people-left = { $count ->
        [one] Une personne travaille
       *[other] { $count } personnes travaillent
    } pour { $unit } ; affectez-les d’abord à une autre unité
denial-authority-stays = seul l’exploitant du nœud ferme une autorité
denial-unknown = il n’y a pas de tel compte
denial-disabled = le compte est exclu ; réadmettez d’abord la personne
denial-login-taken = le nom d’utilisateur { $login } est pris
denial-unit-unknown = il n’y a pas d’unité { $unit } dans votre autorité
denial-unit-closed = { $unit } est fermée, ou le sera bientôt
denial-other-authority = { $unit } relève d’une autre autorité ; il y faut un nouveau compte
denial-wrong-password = ce n’est pas votre mot de passe actuel
denial-factor-set = un second facteur est déjà installé ; retirez-le d’abord
denial-factor-not-begun = aucun second facteur n’est en cours d’installation ; recommencez
denial-wrong-code = ce code est faux, expiré ou déjà utilisé ; attendez le suivant
denial-token-name = il faut un nom de 1 à 80 caractères sur une ligne
denial-token-expiry = un jeton doit expirer dans l’avenir
denial-token-unknown = il n’y a pas de tel jeton
denial-unit-fixed = ce qu’est une unité et ce dont elle fait partie ne changent pas ; fermez-la et inscrivez-en une autre
denial-closes-already = elle ferme déjà le { $day }
denial-part-open = { $part } en fait partie et resterait seule ; fermez-la d’abord
denial-unit-taken = le code { $unit } est pris
denial-unit-place = { $unit } ne peut pas faire partie de cette unité
