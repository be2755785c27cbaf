# Lists of dossiers
queue-clock = Clock
queue-subject = Subject
queue-from = From / until
queue-state = State, assigned, age
queue-unread = new
queue-preview = Preview

# Titles and groups
due-and-waiting = Due and waiting
group-silence = Silence decides
group-silence-hint = if nobody answers, the law gives silence an effect
group-you = Waiting for you
group-you-hint = overdue first
group-others = Waiting for others
filter-all = All
filter-mine = Mine
filter-nobody = Nobody’s
filter-overdue = Overdue
filter-age = Age in days
take-next = Take next unassigned
new-request = New request
checked-at = Checked { $now } · updates by itself
not-assigned = not assigned
age-days = { $days } d
nothing-waits = Nothing waits for { $authority }
nothing-waits-text = What other authorities ask of you appears here, first what silence would decide: on a stop under Article 21(3), ten working days without your answer end the ground. A mail tells you the reference, nothing more.
step-directory = Tell the others who answers here.
step-directory-text = Desks, hours and a night contact.
step-directory-button = Complete the directory
step-ask = Ask something yourself.
step-ask-text = Classification, licence check, or any other question.

# Clocks in words
clock-left =
    { $days ->
        [one] 1 day left
       *[other] { $days } days left
    }
clock-overdue =
    { $days ->
        [one] overdue 1 day
       *[other] overdue { $days } days
    }
clock-today = today { $time }
clock-today-end = ends today
clock-tomorrow = tomorrow { $time }
clock-answered = answered
clock-release-due = release due
clock-not-started = starts when sent
clock-none = no clock
strip-spoken = { $used } of { $total } working days used, { $left } left
