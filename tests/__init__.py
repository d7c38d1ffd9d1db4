"""The tests: a folder for each room, the house rules, and the robot, which works a whole shift."""
