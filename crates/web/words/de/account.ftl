# Das Konto, Links, und warum etwas mit einem Konto nicht geschieht
account-password = Kennwort
account-password-present = Jetziges Kennwort
account-button-password = Kennwort ändern
account-done-password = Das Kennwort ist geändert. Ihre anderen Sitzungen sind beendet.
password-new = Neues Kennwort
password-rules = Mindestens 12 Zeichen; mehrere Wörter ohne Zusammenhang sind gut. Ziffern oder Sonderzeichen werden nicht verlangt.
password-too-short = es hat { $given } Zeichen, mindestens { $least } sind nötig; nehmen Sie ein Wort mehr
password-too-long = es hat { $given } Zeichen, höchstens { $most } werden genommen
password-like-login = es besteht aus dem Benutzernamen; nehmen Sie Wörter, die nichts damit zu tun haben
password-common = es ist eines von denen, die zuerst probiert werden; nehmen Sie mehrere Wörter ohne Zusammenhang
account-second-factor = Zweiter Faktor
account-factor-off = aus
account-factor-off-hint = Mit einem zweiten Faktor kann sich auch niemand anmelden, der Ihr Kennwort erfährt. Sie brauchen eine Anwendung, die sechsstellige Codes zeigt, die alle 30 Sekunden wechseln (TOTP, RFC 6238).
account-button-second-factor = Einrichten
account-factor-scan = Lesen Sie dies mit Ihrer Anwendung ein, oder tippen Sie die Buchstaben ab; es wird einmal gezeigt. Geben Sie dann die sechs Ziffern ein, die sie zeigt.
account-factor-picture = Code zum Einlesen für eine Anwendung für zweite Faktoren
account-factor-confirming = Ihre Anwendung hat das Geheimnis schon. Warten Sie auf den nächsten Code und geben Sie ihn ein; oder laden Sie die Seite neu und beginnen von vorn.
account-button-code = Bestätigen
account-codes = Ersatzcodes
account-codes-hint = Der zweite Faktor ist an. Jeder dieser Codes öffnet Ihr Konto einmal, wenn Ihr Telefon fort ist. Sie werden jetzt gezeigt und nie wieder: drucken Sie sie, oder schreiben Sie sie ab.
account-factor-on = an, { $count ->
        [one] ein Ersatzcode übrig
       *[other] { $count } Ersatzcodes übrig
    }
account-factor-on-hint = Beim Anmelden wird ein Code Ihrer Anwendung verlangt. Für ein neues Telefon oder neue Ersatzcodes entfernen Sie ihn und richten ihn neu ein.
account-button-second-factor-off = Entfernen
account-done-second-factor-off = Der zweite Faktor ist entfernt.
account-sessions = Sitzungen
account-sessions-hint = Diese Sitzung begann { $started } und endet { $until }, wenn Sie nicht weiterarbeiten. Sitzungen an anderen Geräten können von hier beendet werden.
account-button-sessions = Alle anderen Sitzungen beenden
account-done-sessions = Alle Ihre anderen Sitzungen sind beendet.
account-tokens = Schlüssel für die Schnittstelle
account-tokens-hint = Programme, die in Ihrem Namen handeln, weisen einen Schlüssel vor. Er kann alles, was Sie können: geben Sie jedem Programm seinen eigenen, und widerrufen Sie, was nicht mehr gebraucht wird.
account-button-tokens = Schlüssel ausstellen
account-token-name = Name
account-token-name-help = Wofür er ist, etwa „Anmeldesystem, Test“
account-token-created = Ausgestellt
account-token-until = Gilt bis
account-token-used = Zuletzt benutzt
account-token-unused = nie
account-token-once = Der Schlüssel „{ $name }“, jetzt gezeigt und nie wieder:
account-revoke = „{ $name }“ widerrufen
account-done-revoke = Der Schlüssel ist widerrufen.
account-look = Sprache und Aussehen
account-look-hint = Sie gelten an jedem Gerät, an dem Sie sich anmelden.
account-button-look = Aussehen speichern
account-language-browser = Wie der Browser verlangt
account-theme = Hell oder dunkel
theme-system = Wie Ihr System wünscht
theme-light = Hell
theme-dark = Dunkel
account-keys-hint = Einzelne Tasten können einem Bildschirmleser oder der Spracheingabe im Weg sein.
account-keys-label = Einzelne Tasten
account-keys-on = An
account-keys-off = Aus, und es werden keine Hinweise gezeigt
account-button-keys = Tasten speichern
account-done-look = Gespeichert.
account-no-day = kein lesbarer Tag; schreiben Sie ihn als 24.11.2026 oder 2026-11-24

link-invitation = Wählen Sie Ihr Kennwort
link-reset = Wählen Sie ein neues Kennwort
link-whose = Dies ist für { $name }, Benutzername { $login }.
link-button = Kennwort setzen und anmelden
link-spent = Dieser Link gilt nicht
link-spent-text = Er wurde benutzt, ist abgelaufen, oder es gab ihn nie. Ein Link gilt einmal; bitten Sie die Verwaltung Ihrer Behörde um einen neuen.

denial-no-role = kreuzen Sie mindestens eine an; wer nichts tun soll, wird gesperrt
denial-role-elsewhere = die Rolle „{ $role }“ gibt es in dieser Behörde nicht
denial-last-administrator = niemand bliebe, der die Behörde verwaltet; geben Sie die Rolle zuerst jemand anderem
denial-people-left = { $count ->
        [one] Eine Person arbeitet
       *[other] { $count } Personen arbeiten
    } für { $unit }; geben Sie ihnen zuerst eine andere Stelle
denial-authority-stays = eine Behörde schließt nur der Betreiber des Knotens
denial-unknown = dieses Konto gibt es nicht
denial-disabled = das Konto ist gesperrt; lassen Sie die Person zuerst wieder ein
denial-login-taken = der Benutzername { $login } ist vergeben
denial-unit-unknown = in Ihrer Behörde gibt es keine Stelle { $unit }
denial-unit-closed = { $unit } ist geschlossen oder wird es bald
denial-other-authority = { $unit } gehört zu einer anderen Behörde; dort wird ein neues Konto gebraucht
denial-wrong-password = das ist nicht Ihr jetziges Kennwort
denial-factor-set = ein zweiter Faktor ist schon eingerichtet; entfernen Sie ihn zuerst
denial-factor-not-begun = es wird gerade kein zweiter Faktor eingerichtet; beginnen Sie von vorn
denial-wrong-code = dieser Code ist falsch, abgelaufen oder schon benutzt; warten Sie auf den nächsten
denial-token-name = ein Name von 1 bis 80 Zeichen in einer Zeile ist nötig
denial-token-expiry = ein Schlüssel muss in der Zukunft ablaufen
denial-token-unknown = diesen Schlüssel gibt es nicht
denial-unit-fixed = was eine Stelle ist und wozu sie gehört, bleibt; schließen Sie sie, und tragen Sie eine andere ein
denial-closes-already = sie schließt schon am { $day }
denial-part-open = { $part } gehört dazu und bliebe übrig; schließen Sie das zuerst
denial-unit-taken = der Code { $unit } ist vergeben
denial-unit-place = { $unit } kann nicht Teil dieser Stelle sein
