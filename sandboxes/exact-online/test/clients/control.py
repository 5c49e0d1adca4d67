"""Turns a switch of the sandbox."""

import json
import os
import urllib.request


def turn(name, **body):
    request = urllib.request.Request(
        f"{os.environ['SANDBOX']}/control/{name}",
        data=json.dumps(body).encode(),
        headers={"content-type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        return answer.read()
