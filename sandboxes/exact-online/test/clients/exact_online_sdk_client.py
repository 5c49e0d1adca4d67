"""Drives exact-online-sdk 2.0.0: redeems a code, lists divisions, pages, and meets a 401 and a 429."""

import json
import os
import sys
import time

from exact_online_sdk.auth import ExactOnlineAuth
from exact_online_sdk.client import ExactOnlineClient
from exact_online_sdk.config import Settings
from exact_online_sdk.exceptions import APIError, RateLimitError

import control

time.sleep = lambda seconds: None  # its own waits between tries
url, code, redirect_uri = os.environ["SANDBOX"], os.environ["CODE"], os.environ["REDIRECT_URI"]
settings = Settings(
    client_id="syncuser-local",
    client_secret="syncuser-local-secret",
    redirect_uri=redirect_uri,
    base_url=url,
    auth_url=f"{url}/api/oauth2/auth",
    token_url=f"{url}/api/oauth2/token",
)
auth = ExactOnlineAuth(settings)
auth.exchange_code_for_token(code)
client = ExactOnlineClient(settings, auth=auth)
[me] = client.get("!current/Me", params={"$select": "CurrentDivision,UserName"})
division = me["CurrentDivision"]


def rows(path, **params):
    pages = client.iter_pages(f"!{division}/{path}", params={f"${k}": v for k, v in params.items()})
    return [len(page) for page in pages]


found = {
    "user": me["UserName"],
    "divisions": sum(rows("system/Divisions", select="Code,Description")),
    "pages": {
        "relation": rows("sync/CRM/Accounts", filter="Timestamp gt 1L", select="ID,Code,Name"),
        "item": rows("bulk/Logistics/Items", filter="Modified gt datetime'2000-01-01T00:00:00'", select="ID,Code"),
        "cost-centre": rows("hrm/Costcenters", select="ID,Code"),
    },
}

control.turn("rate-limit", on=True)
try:
    client.get(f"!{division}/vat/VATCodes")
except RateLimitError as error:
    found["429"] = type(error).__name__
control.turn("rate-limit", on=False)

control.turn("withdraw-consent", user="CX_Basecone")
try:
    client.get("!current/Me")
except APIError as error:
    found["401"] = [type(error).__name__, error.status_code]

json.dump(found, sys.stdout)
