# Signing in
sign-in = Sign in
sign-in-user = User name
sign-in-password-label = Password
sign-in-refused = User name and password do not fit. Neither is said to be wrong; try again.
sign-in-wrong-code = The code is wrong, has run out, or was used. Wait for the next one.
sign-in-wait = Too many attempts were made. Try again at { $at }; nothing is locked for good.
sign-in-second = Second factor
sign-in-code = Code
sign-in-code-help = Six digits of your authenticator, or a recovery code
signed-out-kept = Your session had ended. What you typed is kept and comes back once you have signed in.
kept-restored = This is what you typed before your session ended. Nothing was sent; look at it and send it.
error-form = This form is too old
error-form-text = It was made for an earlier session, or it is none of ours. Nothing was done. Go back, load the page again and send it once more.

# What can be done with a dossier
act-edit = Edit
act-send = Send
act-approve = Approve and send
act-send-back = Send back
act-recall = Recall
act-acknowledge = Acknowledge
act-message = Message
act-note = Internal note
act-assign = Assign
act-assign-me = Assign to me
act-share = Share
act-consent = Decide on sharing
act-withdraw = Withdraw a recipient
act-tighten = Tighten handling
act-extend = Extend
act-close = Close
act-reopen = Reopen
act-answer = Answer
act-refuse = Refuse to answer
act-dissent = Dissent
act-inform = Customs informed
act-outcome = Record outcome
act-add-ground = Add a ground
act-stop-extend = Extend to 30 days
send-message = Send message
send-note = Save internal note
send-answer = Send answer
send-stop-answer = Send answer
send-outcome = Record outcome
send-inform = Record
answer-notifies = A draft notification to the other States and the Commission will wait in your own queue; nothing goes to them now.
another-note = Another internal note
message-to = Message to { $units }
asked = Asked:
answers-not-offered = Not offered on these grounds: { $answers }.
not-answered-now = not answered now
answer-instead = Instead
refused-because = If refused, why
consent-which = Which request
consent-request = { $by } wants to share with { $to }: { $purpose }
stale = The dossier has changed while you were writing: { $newer }. Nothing was sent; what you typed is still here. Look, then send it again.
sent-before = This form was sent before, with other content. What you typed is still here; send it again if you mean it.
view-as = View as { $unit }
open-dossier = Open
no-subject = No subject yet
nobody = nobody
assigned-to = assigned to { $person }
notes-only = { $unit } only

# Who sees it
audience-title = Who sees this
audience-asks = asks
audience-only = only. Nobody else knows of it.
audience-see =
    { $count ->
        [one] sees this.
       *[other] see this.
    }
audience-nobody-else = Nobody else knows of it.
audience-will-read = will read it, nobody else.

# What a state means
notice-draft = This is a draft. { $home } alone sees it until it is sent.
notice-for-approval = This waits for a contact point of your authority; nothing has left it yet.
notice-waiting = Waiting for { $who }.
notice-until = An answer is in time until the { $until }.
notice-answer-by = Answer by the { $until }.
notice-answered = This has been answered.
notice-outcome = Record what became of the goods.
notice-closed = This is closed.
notice-closed-with = This is closed: { $outcome }.
notice-withdrawn = The one who asked has taken this back.
notice-ground-ended = Silence has ended a ground: { $ground }. Another ground stands, so the goods stay held.
release-due = The period of Article 21(4) has ended: the goods must be released unless another legal ground is recorded.

# Facts
fact-exporter = Exporter
fact-consignee = Consignee, destination
fact-item = Item
fact-how-much = How much
fact-licence = Licence, end use
fact-held = Held at
fact-since = since { $at }
fact-more-items =
    { $count ->
        [one] and 1 more item
       *[other] and { $count } more items
    }
details-purpose = Purpose and legal basis

# Lists
group-ended = Ended
filter-kind = Kind

# Clocks
clocks-running =
    { $count ->
        [0] none running
       *[other] { $count } running
    }
clocks-once-sent = start when sent
clock-from-consultation = From consultation, calendar of { $state }
clock-from-suspension = From suspension, calendar of { $state }
clock-end-of-day = end of day, { $zone }
clock-earlier = earlier, warns
clock-holiday = { $day }, { $name }, is a holiday in { $state }.
clock-ended-answer = Ended by the answer, { $at }.
clock-ended-silence = Ended by silence, { $at }.
clock-ended-closing = Ended with the request, { $at }.
silence-others-stand = While another ground stands, the goods stay held.
silence-last-ground = When no other ground stands, release is due.
strip-hours = { $used } of { $total } hours used, { $left } left
calendar-institutions = European institutions

# Tables of answers
matrix-state = { $given } of { $total }
matrix-summary = { $given } of { $total } answers are in
matrix-informed = informed
matrix-not-yet = not yet
matrix-no-duty = no duty
history-count = { $count } entries, in your count

# Forms
form-remove = Remove { $one } { $number }
form-add = Another { $one }
form-several = several, with commas between them
form-line-each = one on each line
form-instant = day and time, such as 24 Nov 2026 09:55; it is now { $now }

# Why not
refusal-not-now = This is not possible while the dossier is “{ $state }”.
refusal-originator-only = Only { $home }, which opened the dossier, can do this.
refusal-asked-only = Only an authority that was asked can do this.
refusal-contact-point-only = A contact point of your authority has to do this.
refusal-role = Your role does not do this.
refusal-unknown-unit = There is no unit { $unit } in the directory; choose one of those there.
refusal-already-listed = All of these see the dossier already.
refusal-not-listed = { $unit } is not on the list.
refusal-originator-stays = The authority that opened the dossier stays on its list.
refusal-asked-stays = { $unit } has been asked and stays on the list until it has answered or the request is recalled.
refusal-own-authority = A request goes to another authority; choose one.
refusal-loosens = Handling can be tightened, never loosened.
refusal-classified = No classified information (EU RESTRICTED or above) may be put here. Use the channel for it, and name here only that channel and a reference.
refusal-already-extended = The period has been extended already, to 30 working days in all (Article 21(4)).
refusal-nothing-to-extend = No period can be extended here: the consulted authority extends that of Article 21(4), the asker the agreed ones.
refusal-not-later = The new day must lie after { $day }, the last day now.
refusal-past = { $day } has passed already.
refusal-ground-stands = This ground is recorded already.
refusal-answer-not-offered = “{ $answer }” does not fit the grounds of this stop (Articles 16(1), 4(1)).
refusal-outcome-not-possible = “{ $outcome }” is not possible here (Article 21(4)).
refusal-no-question = There is no question { $question }.
refusal-no-command = This kind of dossier does not have that.
refusal-no-consent-request = There is no open request for consent.
refusal-destroyed = The content of this dossier has been destroyed; the proof that something was exchanged stays.
refusal-no-year = The public holidays of { $calendar } in { $year } are not known here. Ask your administrator to load them.
refusal-out-of-range = { $day } is too far away to count from.

# What is wrong with a field
wrong-missing = is missing
wrong-unknown = is no field of this form
wrong-not-one = one value was expected
wrong-not-list = a list was expected
wrong-too-long = has { $length } characters, at most { $max } were expected
wrong-too-many = has { $length } entries, at most { $max } were expected
wrong-malformed = “{ $given }” is not { $expected }
wrong-no-choice = “{ $given }” is none of the choices
wrong-not-text = has control characters; only text was expected
wrong-ahead = lies in the future; an instant until now was expected
wrong-gone = has passed already; today or a later day was expected
sort-cn8 = a commodity code of eight digits, such as 8542 31 90
sort-control-code = an entry of Annex I, such as 3A001.a.2
sort-country = a country of two letters, such as KZ
sort-eori = an EORI number, such as DE471120883
sort-mrn = a movement reference number, such as 26NL000510K7Q2D4A1
sort-licence-number = a licence number of at most 35 characters
sort-document-code = a document code of four characters, such as X060
sort-customs-office = a customs office of eight characters, such as NL000510
sort-unit = a unit of the directory
sort-date = a day, such as 24 Nov 2026
sort-instant = a day with a time, such as 24 Nov 2026 09:55
sort-quantity = a number of zero or more, such as 18.6
sort-count = a whole number of one or more, such as 2
sort-fingerprint = a SHA-256 fingerprint of 64 hexadecimal digits

# A new dossier
new-stop = New stop
new-classification = New classification
new-document = New document check
new-information = New request for information
new-notice = New notice
kind-about-stop = Goods stand at the border: ask the authority that granted the licence, or could require one.
kind-about-classification = Is this item on Annex I, or caught by a catch-all?
kind-about-document = Is this licence or statement genuine and valid, and does it cover the shipment?
kind-about-information = Typed questions to one or several authorities.
kind-about-notice = Make a decision known that others’ customs must act on.
part-stop = Ground and hold
part-classification = The item
part-document = The document
part-information = What it is about
part-notice = What is made known
part-handling = Handling and grading
purpose-stop = Consultation before the goods leave
purpose-classification = Classification of the item
purpose-document = Verification of the document
purpose-information = Assistance with an enquiry
purpose-notice = Information of the authorities concerned
send-new-stop = Send stop
send-new-classification = Send request
send-new-document = Send request
send-new-information = Send request
send-new-notice = Send notice
send-to-contact-point = Send to contact point
preview = Preview
preview-as = Preview as { $unit }
preview-notice = This is how { $unit } sees it. Nothing is sent by looking.
preview-back = Back to your own view
draft-of = Draft
draft-seen-by = seen by your own authority only until it is sent
draft-unsaved = Not yet saved; seen by your own authority only until it is sent
group-of-all-licensing = All licensing authorities
group-of-all-customs = All customs authorities
group-of-all-member-states = All authorities of the Member States
group-of-all-and-commission = All authorities and the Commission
addressee-proposed = proposed
addressee-chosen = chosen by you
addressee-chosen-text = Chosen by you.
addressee-unknown = Nothing typed so far says whom to ask: a licence, or the exporter’s State, would.
addressee-change = Ask another authority
addressee-as-proposed = as proposed: { $unit }
nobody-yet = Nobody yet
reason-issued = has the form { $pattern } of this authority’s licence numbers, and the licence is the one cited.
reason-general = is a general authorisation, which the authority of the exporter’s State ({ $state }) watches over.
reason-general-items = is a general authorisation and the exporter is outside the Union: the State where the items are ({ $state }).
reason-unknown = has the form of no known licence number; the exporter’s State ({ $state }) is the likeliest.
reason-exporter = No licence is cited: the authority of the exporter’s State ({ $state }) could require one.
reason-items = The exporter is outside the Union: the authority of the State where the items are ({ $state }).
open-until = open until { $until }
closed-until = closed until { $at }
closed-now = closed
closed-today = closed today: { $why }
night-contact-only = closed, night contact
hours-unknown = hours not known
if-nobody = If nobody answers by the { $until }:
if-nobody-then = this ground ends and the system records it. Release is due only once no other ground stands.
audience-will-title = Who will see this
audience-will-line = Nobody else. Until it is sent, your own authority alone.
audience-all-desks = all desks
filled-from = filled from { $format }
message-items =
    { $count ->
        [one] 1 item
       *[other] { $count } items
    }

# Files
file-photographs = Photographs and documents
file-together = At most 16 MB at once; larger files, up to 200 MB each, under “Documents” of the draft
file-one = File
file-help = At most 200 MB. Programs, scripts and documents with macros are not taken.
file-add = Add the file
file-readers = Who is to read it?
file-for-everyone = Everyone on the list: { $units }
file-goes-along = It goes out with the draft
file-for-own = Your own authority only
file-too-large = The file is larger than { $most }. Send a smaller one, or parts of it.
file-executable = “{ $name }” is a program or a script. Send its text, a print or a picture instead.
file-macros = “{ $name }” carries macros. Save it without them, or as PDF, and send that.
file-broken-off = The file broke off while it came in; nothing of it was kept. Send it again.

# Search
search-for = Found for “{ $text }”
search-for-partly = Found so far for “{ $text }”: the node has just started, look again in a moment
search-about = { $home } · last change { $at }
search-empty = What are you looking for?
search-nothing = Nothing found
search-nothing-text = All words must stand in one dossier that is addressed to you: words, references, commodity and control codes, MRN, EORI and licence numbers, parties. The last word may be begun only.
search-who-text = The directory knows whom to ask.
