"""What the commands do: one function for each id of `heroterm.tui.commands`.

A deed takes the desk as `OnDesk` describes it and nothing else. Why a command cannot run now is
said by its `why_not`; a test holds that every command has a deed and every deed a command.
"""
