#!/usr/bin/python3
"""A real Keystone v3 on loopback, for serve.py: sqlite, Fernet tokens.

A process of its own, as its oslo.config options are process-global and would
collide with Nova's.  Prints one line of JSON when it listens.
"""

import argparse
import contextlib
import ctypes
import json
import logging
import os
import signal
import socketserver
import sqlite3
import sys
import uuid
import warnings
import wsgiref.simple_server

# Accounts of a throw-away cloud on loopback: name, password, project, roles.
ACCOUNTS = (
    ('nova', 'nova-service', 'service', ('admin', 'service')),
    ('glance', 'glance-service', 'service', ('admin', 'service')),
    ('admin', 'admin-pass', 'demo', ('admin',)),
    ('demo', 'demo-pass', 'demo', ('member',)),
    ('reader', 'reader-pass', 'demo', ('reader',)),
    ('other', 'other-pass', 'other', ('member',)),
)


class Server(socketserver.ThreadingMixIn, wsgiref.simple_server.WSGIServer):
    daemon_threads = True
    request_queue_size = 128


class Handler(wsgiref.simple_server.WSGIRequestHandler):
    def log_message(self, *args):
        pass


def configure(work):
    from cryptography.fernet import Fernet
    os.mkdir(work)
    for name in ('fernet-keys', 'credential-keys'):
        os.mkdir(os.path.join(work, name), 0o700)
        for index in ('0', '1'):
            with open(os.path.join(work, name, index), 'wb') as f:
                f.write(Fernet.generate_key())
    with open(os.path.join(work, 'keystone.conf'), 'w') as f:
        f.write(f'''
[DEFAULT]
log_file = {work}/keystone.log
use_stderr = False
[database]
connection = sqlite:///{work}/keystone.sqlite
sqlite_synchronous = False
[token]
provider = fernet
expiration = 86400
[fernet_tokens]
key_repository = {work}/fernet-keys
[fernet_receipts]
key_repository = {work}/fernet-keys
[credential]
key_repository = {work}/credential-keys
[identity]
password_hash_rounds = 4
[cache]
enabled = False
''')
    os.environ['OS_KEYSTONE_CONFIG_DIR'] = work


def populate(url, endpoints, demo_id):
    """Make roles, projects, users and catalog with Keystone's own managers."""
    from keystone.cmd import bootstrap
    from keystone.common import provider_api
    # The application has loaded the backends, which can only be done once.
    bootstrap.backends.load_backends = lambda: None
    boot = bootstrap.Bootstrapper()
    boot.admin_username = boot.admin_role_name = 'admin'
    boot.admin_password = 'admin-pass'
    boot.project_name = 'demo'
    boot.service_name = 'keystone'
    boot.region_id = 'RegionOne'
    boot.public_url = boot.internal_url = boot.admin_url = url

    apis = provider_api.ProviderAPIs

    def create_project(name, project_id):
        apis.resource_api.create_project(project_id, {
            'id': project_id, 'name': name, 'domain_id': 'default',
            'enabled': True, 'is_domain': False, 'description': ''})

    boot._bootstrap_default_domain()
    create_project('demo', demo_id)       # or bootstrap would choose the id
    boot.bootstrap()

    roles = {r['name']: r['id'] for r in apis.role_api.list_roles()}
    projects = {p['name']: p['id'] for p in apis.resource_api.list_projects()}
    users = {u['name']: u['id'] for u in apis.identity_api.list_users()}
    for name, password, project, wanted in ACCOUNTS:
        if project not in projects:
            projects[project] = uuid.uuid4().hex
            create_project(project, projects[project])
        if name not in users:
            users[name] = apis.identity_api.create_user({
                'name': name, 'password': password, 'domain_id': 'default',
                'enabled': True})['id']
        held = apis.assignment_api.get_roles_for_user_and_project(
            users[name], projects[project])
        for role in wanted:
            if role not in roles:
                roles[role] = uuid.uuid4().hex
                apis.role_api.create_role(
                    roles[role], {'id': roles[role], 'name': role})
            if roles[role] not in held:
                apis.assignment_api.add_role_to_user_and_project(
                    users[name], projects[project], roles[role])
    for kind, target in endpoints.items():
        service = uuid.uuid4().hex
        apis.catalog_api.create_service(service, {
            'id': service, 'type': kind, 'name': kind, 'enabled': True})
        for interface in ('public', 'internal', 'admin'):
            endpoint = uuid.uuid4().hex
            apis.catalog_api.create_endpoint(endpoint, {
                'id': endpoint, 'service_id': service, 'interface': interface,
                'region_id': 'RegionOne', 'url': target, 'enabled': True})
    return projects


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--parent', type=int, required=True)
    p.add_argument('--port', type=int, required=True)
    p.add_argument('--work', required=True, help='a directory to be made')
    p.add_argument('--project-id', required=True, help='of the project "demo"')
    p.add_argument('--endpoint', action='append', default=[],
                   metavar='TYPE=URL', help='catalog entries')
    args = p.parse_args()
    del sys.argv[1:]              # oslo.config would read it as well
    # PR_SET_PDEATHSIG: never outlive the process that started this one.
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    if os.getppid() != args.parent:
        return

    warnings.simplefilter('ignore')
    configure(args.work)
    from keystone.server import wsgi
    application = wsgi.initialize_public_application()
    sys.excepthook = sys.__excepthook__   # oslo.log's writes to the log only
    from keystone.common.sql import upgrades
    logging.getLogger('alembic').setLevel(logging.WARNING)
    upgrades.offline_sync_database_to_version()
    # Without a write-ahead log, a reader that has not been collected yet blocks
    # whoever revokes a token, changes a password or counts a failed login.
    with contextlib.closing(sqlite3.connect(
            os.path.join(args.work, 'keystone.sqlite'))) as database:
        database.execute('PRAGMA journal_mode=WAL')

    server = wsgiref.simple_server.make_server(
        '127.0.0.1', args.port, application, Server, Handler)
    projects = populate(
        f'http://127.0.0.1:{args.port}/v3',
        dict(e.split('=', 1) for e in args.endpoint), args.project_id)
    print(json.dumps({
        'projects': projects,
        'users': {name: {'password': password, 'project': project}
                  for name, password, project, _ in ACCOUNTS},
    }), flush=True)
    server.serve_forever()


if __name__ == '__main__':
    main()
