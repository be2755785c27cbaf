# Listes de dossiers
queue-clock = Délai
queue-subject = Objet
queue-from = De / jusqu’à
queue-state = État, attribué, âge
queue-unread = nouveau
queue-preview = Aperçu
