# Lists of dossiers
queue-clock = Clock
queue-subject = Subject
queue-from = From / until
queue-state = State, assigned, age
queue-unread = new
queue-preview = Preview
