"""Drives django-exact 0.10.1 on a database in memory: redeems a code, pages, and meets a 401 and a 429."""

import json
import os
import sys

import django
from django.conf import settings

import control

url = os.environ["SANDBOX"]
settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    INSTALLED_APPS=["django.contrib.sites", "exact"],
    SITE_ID=1,
    USE_TZ=True,
    EXACT_ONLINE_API_URL=f"{url}/api",
    EXACT_ONLINE_CLIENT_ID="syncuser-local",
    EXACT_ONLINE_CLIENT_SECRET="syncuser-local-secret",
    EXACT_ONLINE_REDIRECT_URI=os.environ["REDIRECT_URI"],
    EXACT_ONLINE_DIVISION=int(os.environ["DIVISION"]),
)
django.setup()

from django.core.management import call_command  # noqa: E402

call_command("migrate", verbosity=0)

from exact.api import Exact, ExactAuthException, ExactException  # noqa: E402

api = Exact()
api.session.authorization_code = os.environ["CODE"]
api.get_token()


def rows(resource, **asked):
    return [len(list(api.filter(resource, **asked)))]


me = api.raw("GET", "/v1/current/Me", params={"$select": "UserName"}).json()
found = {
    "user": me["d"]["results"][0]["UserName"],
    "divisions": rows("system/Divisions", select="Code,Description")[0],
    "pages": {
        "relation": rows("crm/Accounts", select="ID,Code", filter_string="Blocked ne null"),
        "item": rows("sync/Logistics/Items", select="ID,Code", filter_string="Timestamp gt 1L"),
        "cost-centre": [len(list(api.costcenters.filter(select="ID,Code")))],
    },
}
# A code with the padding that Exact wants.
found["one"] = api.accounts.get("1003", select="Code")["Code"].strip()

control.turn("rate-limit", on=True)
try:
    rows("vat/VATCodes")
except ExactException as error:
    found["429"] = [type(error).__name__, error.response.status_code, error.error_message]
control.turn("rate-limit", on=False)

control.turn("withdraw-consent", user="CX_Basecone")
found["raw 401"] = api.raw("GET", "/v1/current/Me", re_auth=False).status_code
try:
    rows("vat/VATCodes")
except ExactAuthException as error:
    found["401"] = [type(error).__name__, error.response.status_code]

json.dump(found, sys.stdout)
