# A dossier’s page
copy = copy
copied = copied
tabs = Views of this dossier
nothing-said = Nothing has been said yet.
documents = Documents
no-documents = There are no documents.
document-name = File
document-by = From, when
document-fingerprint = SHA-256
history = History
answers = Answers
authority = Authority
state = State
no-answer-yet = not yet
latest = Latest
linked = Linked
clocks = Clocks
delivered = Delivered
opened = Opened
internal-notes = Internal notes

# A new dossier
save-draft = Save draft
declaration = Declaration
choose-item = Choose the item
item-goods = Goods as declared
item-cn = CN
item-net = Net kg
item-eur = EUR
item-documents = Documents
take-item = Fill from this item
message-file = Declaration message (CC515C or WCO DMS)
message-other = Another message
read-message = Fill from the message
addressee = Addressee
drafts = Drafts
drafts-whose = of your authority
