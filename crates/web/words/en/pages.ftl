# Errors
what-you-can-do = What you can do
actions = Actions
error-404 = Nothing here under this address
error-404-text = There is no such page, or it is not addressed to your authority. The answer is the same in both cases.
error-404-look = Look at the reference again.
error-404-look-text = Five signs stand in the middle, such as
error-404-ask = Ask a colleague who sent you the link.
error-404-ask-text = Whoever opened a dossier can share it with your authority.
error-back = Go back to what waits for you.
error-back-text = Nothing you typed elsewhere is lost.
error-403 = Your role does not do this
error-403-text = This page belongs to another role in your authority. Your administrator gives roles; the settings say who that is.
error-413 = That is too large
error-429 = Too many attempts
error-429-text = Somebody has tried too often from here. Wait a minute, then try again; nothing is locked for good.
error-500 = Something failed here
error-500-text = What was acknowledged before is kept, what you have just sent is not recorded. Try again; if it fails again, give your administrator the number below.
error-503 = Not available for a moment
error-503-text = The system is starting or being maintained. Nothing was recorded; try again in a minute.
error-number = number { $number }
error-413-text = A file may have at most { $file }, everything else at most { $other }. Nothing was taken, nothing was lost: go back and send less at once.

# The accessibility statement
accessibility-title = Accessibility statement
accessibility-aim = What we aim at
accessibility-aim-1 = These pages are built to meet EN 301 549, which means WCAG 2.1 at level AA for web pages. Everything can be read and every form can be sent without script, with the keyboard alone, at 200 % zoom and on a screen 390 pixels wide.
accessibility-how = How it is checked
accessibility-how-1 = Each page is rendered empty, full, with very long words and with hostile text in every test run and checked by machine. A machine finds only part of what can be wrong; nobody has audited this installation yet.
accessibility-limits = Known limits
accessibility-limits-1 = Files that others attach are as accessible as they made them.
accessibility-limits-2 = Single keys may collide with a screen reader’s own; your account has a switch to turn them off.
accessibility-say = Say what is in your way
accessibility-say-1 = Tell your authority’s administrator; whoever runs this system has to answer, and the body that supervises accessibility in your State can be asked when no answer comes.

# Help
help-title = Help
help-see = Who sees what
help-see-1 = A dossier is seen by the authorities on its list and by nobody else; for everybody else it does not exist. The panel “Who sees this” names them all.
help-see-2 = Internal notes stand on yellow paper with a dashed edge in the side column, under their own button. They never leave your authority. A message stands on white and goes to all on the list.
help-clocks = What the clocks say
help-clocks-1 = Violet marks a clock on which the law gives silence an effect: under Article 21(4), ten working days without an answer end a ground of Article 21(3). When no ground stands, the goods must be released.
help-clocks-2 = Each cell is a day: filled is over, half filled is today, hollow is left, a dot is a weekend, a ring is a public holiday in the State whose calendar counts.
help-drafts = What is kept
help-drafts-1 = What you type in a draft is saved while you type and stays through errors, sign-out and a restart. Until it is sent, only your own authority sees it.
help-law = What this is not
help-law-1 = This system coordinates. It does not license, stop or release: each act is that of the competent authority under its own law. No classified information may be put here.
