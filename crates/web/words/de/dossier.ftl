# Die Seite eines Vorgangs
copy = kopieren
copied = kopiert
tabs = Ansichten dieses Vorgangs
nothing-said = Noch wurde nichts gesagt.
documents = Unterlagen
no-documents = Es gibt keine Unterlagen.
document-name = Datei
document-by = Von, wann
document-fingerprint = SHA-256
history = Verlauf
answers = Antworten
authority = Behörde
state = Stand
no-answer-yet = noch nicht
latest = Zuletzt
linked = Verbunden
clocks = Fristen
delivered = Zugestellt
opened = Geöffnet
internal-notes = Interne Vermerke

# Ein neuer Vorgang
save-draft = Entwurf sichern
declaration = Anmeldung
choose-item = Position wählen
item-goods = Ware wie angemeldet
item-cn = KN
item-net = Eigenm. kg
item-eur = EUR
item-documents = Unterlagen
take-item = Mit dieser Position füllen
message-file = Anmeldungsnachricht (CC515C oder WCO DMS)
message-other = Andere Nachricht
read-message = Aus der Nachricht füllen
addressee = Adressat
drafts = Entwürfe
drafts-whose = Ihrer Behörde
