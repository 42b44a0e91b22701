"""How the engines, the commands and the settings behave: one test for each promise."""
