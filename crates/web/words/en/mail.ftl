mail-dossier-subject = { $reference } needs your attention
mail-dossier-body = Something has changed in { $reference }. Sign in to see it:
    { $link }
    
    This mail says nothing of the content, and nobody reads answers to it.
mail-invitation-subject = Your account for the Enforcement Coordination Mechanism
mail-invitation-body = An account has been made for you. Choose a password within seven days:
    { $link }
mail-reset-subject = A new password for the Enforcement Coordination Mechanism
mail-reset-body = Choose a new password within one hour:
    { $link }
    
    If you did not ask for this, do nothing and tell your administrator.
