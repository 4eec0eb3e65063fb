"""Runs every test of this folder and prints one line of JSON a test: whatever else is printed meanwhile, none is lost."""

import json
import logging
import os
import sys
import unittest


class Lines(unittest.TestResult):
    def __init__(self, out):
        super().__init__()
        self.out = out

    def tell(self, test, error):
        place = test.id() if isinstance(test, unittest.TestCase) else str(test)
        self.out.write(json.dumps({"name": place, "error": error}) + "\n")
        self.out.flush()

    def addSuccess(self, test):
        self.tell(test, None)

    def addFailure(self, test, err):
        self.tell(test, self._exc_info_to_string(err, test))

    def addError(self, test, err):
        # Also of a module that cannot be imported.
        self.tell(test, self._exc_info_to_string(err, test))


# Test cases of asyncio run in its debug mode, which reports every callback that a busy machine delays.
logging.getLogger("asyncio").setLevel(logging.ERROR)
lines = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
unittest.defaultTestLoader.discover(os.path.dirname(os.path.abspath(__file__))).run(Lines(lines))
sys.exit(0)
