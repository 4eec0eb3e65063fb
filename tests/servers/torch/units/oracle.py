"""What the code of servers/reference says, written by units.test.ts."""

import json
import os

with open(os.environ["ORACLE"], encoding="utf-8") as file:
    ORACLE = json.load(file)
REFERENCE = os.environ["REFERENCE"]
