# Forms
form-errors =
    { $count ->
        [one] One thing stands in the way
       *[other] { $count } things stand in the way
    }
form-error = Error:
form-optional = (optional)
form-unit = Unit
form-date-example = 24 Nov 2026
form-saving = saving …
form-saved-at = saved at
form-not-saved = not saved; it is still here, keep this page open
