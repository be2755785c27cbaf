# The account, links, and why something is not done to an account
account-password = Password
account-password-present = Present password
account-button-password = Change the password
account-done-password = The password is changed. Your other sessions have ended.
password-new = New password
password-rules = At least 12 characters; several unrelated words do well. No signs or digits are demanded.
password-too-short = it has { $given } characters, at least { $least } are needed; take one word more
password-too-long = it has { $given } characters, at most { $most } are taken
password-like-login = it is made of the user name; take words that have nothing to do with it
password-common = it is one of those that are tried first; take several unrelated words
account-second-factor = Second factor
account-factor-off = off
account-factor-off-hint = With a second factor, whoever learns your password still cannot sign in. You need an application that shows codes of six digits that change every 30 seconds (TOTP, RFC 6238).
account-button-second-factor = Set it up
account-factor-scan = Scan this with your application, or type the letters; this is shown once. Then enter the six digits that it shows.
account-factor-picture = Code to be scanned by an application for second factors
account-factor-confirming = Your application has its secret already. Wait for its next code and enter that; or load this page anew and begin again.
account-button-code = Confirm
account-codes = Recovery codes
account-codes-hint = The second factor is on. Each of these codes opens your account once, if your telephone is gone. They are shown now and never again: print them or write them down.
account-factor-on = on, { $count ->
        [one] one recovery code left
       *[other] { $count } recovery codes left
    }
account-factor-on-hint = At sign-in a code of your application is asked for. To change telephones or get new recovery codes, remove it and set it up anew.
account-button-second-factor-off = Remove it
account-done-second-factor-off = The second factor is removed.
account-sessions = Sessions
account-sessions-hint = This session began { $started } and ends { $until } unless you go on working. Sessions on other machines can be ended from here.
account-button-sessions = End all other sessions
account-done-sessions = All your other sessions have ended.
account-tokens = Tokens of the API
account-tokens-hint = Programs that act in your name show a token. It can do all that you can: give each program its own, and revoke what is no longer used.
account-button-tokens = Issue a token
account-token-name = Name
account-token-name-help = What it is for, such as “declaration system, test”
account-token-created = Issued
account-token-until = Runs until
account-token-used = Last used
account-token-unused = never
account-token-once = The token “{ $name }”, shown now and never again:
account-revoke = Revoke “{ $name }”
account-done-revoke = The token is revoked.
account-look = Language and look
account-look-hint = They count on every machine where you sign in.
account-button-look = Save the look
account-language-browser = As the browser asks
account-theme = Light or dark
theme-system = As your system wishes
theme-light = Light
theme-dark = Dark
account-keys-hint = Single keys can be in the way of a screen reader or of voice input.
account-keys-label = Single keys
account-keys-on = On
account-keys-off = Off, and no hints are shown
account-button-keys = Save the keys
account-done-look = Saved.
account-no-day = not a day that can be read; write it as 24 Nov 2026 or 2026-11-24

link-invitation = Choose your password
link-reset = Choose a new password
link-whose = This is for { $name }, user name { $login }.
link-button = Set the password and sign in
link-spent = This link is not good
link-spent-text = It was used, has run out, or never was. A link is good once; ask the administrator of your authority for a new one.

denial-no-role = tick at least one; somebody who is to do nothing is put out
denial-role-elsewhere = the role “{ $role }” is not one of this authority
denial-last-administrator = nobody would be left to administer the authority; make somebody else administrator first
denial-people-left = { $count ->
        [one] One person works
       *[other] { $count } people work
    } for { $unit }; let them work for another unit first
denial-authority-stays = only the operator of the node closes an authority
denial-unknown = there is no such account
denial-disabled = the account is out; let the person in again first
denial-login-taken = the user name { $login } is taken
denial-unit-unknown = there is no unit { $unit } in your authority
denial-unit-closed = { $unit } is closed, or about to be
denial-other-authority = { $unit } belongs to another authority; a new account is needed there
denial-wrong-password = that is not your present password
denial-factor-set = a second factor is set up already; remove it first
denial-factor-not-begun = no second factor is being set up; begin again
denial-wrong-code = this code is wrong, has run out, or was used; wait for the next one
denial-token-name = a name of 1 to 80 characters on one line is needed
denial-token-expiry = a token must run out in the future
denial-token-unknown = there is no such token
denial-unit-fixed = what a unit is and what it is a part of stay; close it and enter another
denial-closes-already = it closes on { $day } already
denial-part-open = { $part } is a part of it and would be left over; close that first
denial-unit-taken = the code { $unit } is taken
denial-unit-place = { $unit } cannot be a part of that unit
