"""Who may see what, from when to when; signing in; every stranger here owns rows of their own."""
