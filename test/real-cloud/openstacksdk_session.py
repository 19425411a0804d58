#!/usr/bin/python3
"""Debian's openstacksdk, unmodified, as a modern client of /v2.1 through a
gateway:  openstacksdk_session.py  <  {"url", "authUrl", "user", "password",
"project"}

Logs in at Keystone, lists the servers one by one (each page is a link that the
answer before named), and says in one line of JSON what came back and which
addresses of compute it called.
"""

import json
import sys
from urllib.parse import urlsplit

import openstack
from keystoneauth1 import session as keystone_session

called = set()
real_request = keystone_session.Session.request


def request(self, url, method, *args, **kwargs):
    """Notes where the answer came from: after the catalog and redirects."""
    response = real_request(self, url, method, *args, **kwargs)
    parts = urlsplit(response.url)
    called.add(f'{parts.scheme}://{parts.netloc}')
    return response


keystone_session.Session.request = request


def main():
    given = json.load(sys.stdin)
    cloud = openstack.connection.Connection(
        auth=dict(auth_url=given['authUrl'], username=given['user'],
                  password=given['password'], project_name=given['project'],
                  user_domain_id='default', project_domain_id='default'),
        region_name=given.get('region'),
        compute_endpoint_override=f"{given['url']}/v2.1")
    servers = list(cloud.compute.servers(limit=1))
    bare = list(cloud.compute.servers(details=False, limit=1))
    flavors = list(cloud.compute.flavors(limit=1))
    version = cloud.compute.get(f"{given['url']}/v2.1/").json()['version']
    links = [link['href'] for server in servers
             for link in server.to_dict().get('links') or []]
    json.dump({'servers': sorted(server.name for server in servers),
               'bare': len(bare), 'flavors': len(flavors),
               'self': [link['href'] for link in version['links']
                        if link['rel'] == 'self'],
               'links': links, 'called': sorted(called)}, sys.stdout)


main()
