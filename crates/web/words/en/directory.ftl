# The directory
find = Find
understood-as = Understood as
on-duty = On duty
function = Function
speaks = Speaks
reach = Reach
desk = Desk
languages = Languages
now = Now
there = There
hours-yours = Hours, in your time
ask = Ask
directory-title = Who answers this, now?
directory-hint = Give what you have: an office code, a licence number, a State and a question, a language.
