# Das Verzeichnis
find = Finden
understood-as = Verstanden als
on-duty = Im Dienst
function = Aufgabe
speaks = Spricht
reach = Erreichbar
desk = Referat
languages = Sprachen
now = Jetzt
there = Dort
hours-yours = Zeiten, in Ihrer Zeit
ask = Fragen
directory-title = Wer beantwortet das jetzt?
directory-hint = Geben Sie an, was Sie haben: einen Zollstellencode, eine Genehmigungsnummer, einen Staat und eine Frage, eine Sprache.
