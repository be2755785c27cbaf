# Listen von Vorgängen
queue-clock = Frist
queue-subject = Gegenstand
queue-from = Von / bis
queue-state = Stand, bei, Alter
queue-unread = neu
queue-preview = Vorschau
