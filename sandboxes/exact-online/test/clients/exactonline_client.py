"""Drives exactonline 0.4.0 over https: redeems a code, lists divisions, pages, and meets a 401 and a 429."""

import json
import os
import sys

from exactonline.api import ExactApi
from exactonline.http import HTTPError
from exactonline.resource import GET
from exactonline.storage.base import ExactOnlineConfig, MissingSetting

import control

url = os.environ["SANDBOX"]


class Storage(ExactOnlineConfig):
    def __init__(self):
        self.values = {
            ("server", "auth_url"): f"{url}/api/oauth2/auth",
            ("server", "rest_url"): f"{url}/api",
            ("server", "token_url"): f"{url}/api/oauth2/token",
            ("application", "base_url"): os.environ["REDIRECT_URI"],
            ("application", "client_id"): "syncuser-local",
            ("application", "client_secret"): "syncuser-local-secret",
        }

    def get(self, section, option):
        if (section, option) not in self.values:
            raise MissingSetting(option, section)
        return self.values[section, option]

    def set(self, section, option, value):
        self.values[section, option] = value


api = ExactApi(storage=Storage())
api.limiter.wait = lambda seconds: None  # its own wait for the next minute
api.request_token(os.environ["CODE"])
divisions, current = api.get_divisions()
api.set_division(current)


def rows(resource):
    return [len(api.restv1(GET(resource)))]


found = {
    "user": api.rest(GET("v1/current/Me?$select=UserName"))[0]["UserName"],
    "divisions": len(divisions),
    "pages": {
        "relation": rows("sync/CRM/Accounts?$filter=Timestamp+gt+1L&$select=ID,Code,Name"),
        "item": rows("logistics/Items?$filter=Code+ne+'x'&$select=ID,Code"),
        "cost-centre": rows("hrm/Costcenters?$select=ID,Code"),
    },
}

control.turn("rate-limit", on=True)
try:
    api.restv1(GET("vat/VATCodes"))
except HTTPError as error:
    found["429"] = [type(error).__name__, error.code]
control.turn("rate-limit", on=False)

control.turn("withdraw-consent", user="CX_Basecone")
try:
    api.rest(GET("v1/current/Me?$select=UserName"))
except HTTPError as error:
    found["401"] = [type(error).__name__, error.code, error.url.rsplit("/", 1)[1]]

json.dump(found, sys.stdout)
