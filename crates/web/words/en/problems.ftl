# What the API answers where it does not do what was asked. The keys end in the words of `problem.rs`.

problem-no-token = No token was given
problem-no-token-text = Send the token as “Authorization: Bearer …”.
problem-bad-token = This token is not valid
problem-bad-token-text = It never was, was revoked or has run out, or its holder has left. Ask for a new one.
problem-role = Your role does not allow this
problem-role-text = Ask an administrator of your authority which roles you have.
problem-not-found = There is nothing under this address
problem-not-found-text = Either there never was, or it is not for you.
problem-method = This address does not have this method
problem-method-text = The API’s document says which methods it has.
problem-not-json = The body is not JSON
problem-not-json-text = Line { $line }, column { $column }: { $what }
problem-too-deep = The body is nested too deeply
problem-too-deep-text = Line { $line }, column { $column }: more than { $most } objects and lists inside each other.
problem-too-large = The body is too long
problem-too-large-text = At most { $most } bytes are read.
problem-media-type = The body is of the wrong type
problem-media-type-text = “Content-Type: { $expected }” was expected.
problem-malformed = What was given cannot be read
problem-malformed-text = { $count ->
    [one] One thing is wrong; it stands under “errors”.
   *[other] { $count } things are wrong; they stand under “errors”.
}
problem-refused = The rules do not allow this
problem-stale = The dossier has changed since you looked
problem-stale-text = What was added since stands under “newer”. Read the dossier again, and decide anew.
problem-key-used = This idempotency key was used for another request
problem-key-used-text = Take a new key for each new request, and the same one only to repeat it.
problem-unavailable = Not possible at the moment
problem-unavailable-text = Try again in a few seconds, with the same idempotency key.
problem-failed = Something failed
problem-failed-text = Nothing was changed. Tell the operator this number: { $number }
