#!/usr/bin/python3
"""Run a real, unmodified Nova (Debian's python3-nova) on 127.0.0.1.

One process holds everything that a rebuild passes through:

  * nova-api with the distribution's api-paste.ini: /v2.1, and /v2 with the
    legacy wrapper
  * nova-conductor, nova-scheduler and nova-compute, real services on
    oslo.messaging's in-memory bus
  * placement, the real application, on a second port
  * sqlite databases made by Nova's own migrations, with real cells v2 mappings
  * Nova's own fake hypervisor, and its own functional-test doubles of Glance,
    Neutron and Cinder

--auth noauth: a token is "user:project", and the user "admin" is administrator.
--auth keystone: keystonemiddleware in front, as in production, and a real
Keystone in a process of its own.  --glance real: a real Glance as well.

When everything is up, one line of JSON goes to stdout; its shape is RealCloud
in start-real-cloud.ts.  SIGTERM, SIGINT and SIGHUP end it and leave nothing
behind.  A server that carries the metadata key FAIL_KEY fails to build and to
rebuild.
"""

import os

PARENT = os.getppid()

# Nova patches the standard library for eventlet, so this comes before the rest.
import nova.monkey_patch  # noqa: E402,F401  isort:skip

import argparse  # noqa: E402
import contextlib  # noqa: E402
import ctypes  # noqa: E402
import datetime  # noqa: E402
import io  # noqa: E402
import json  # noqa: E402
import shutil  # noqa: E402
import signal  # noqa: E402
import socket  # noqa: E402
import subprocess  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
import traceback  # noqa: E402
import urllib.error  # noqa: E402
import urllib.request  # noqa: E402
import warnings  # noqa: E402

import eventlet  # noqa: E402
import eventlet.patcher  # noqa: E402
import eventlet.wsgi  # noqa: E402
import fixtures  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
FAIL_KEY = 'sandbox_fail'

# Nova routes /v2/{project_id} by [0-9a-f-]+ only, and its Neutron double has its
# network in this project (nova.tests.fixtures.neutron).
PROJECT = '6f70656e737461636b20342065766572'

KEYPAIR_PUB = (
    'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDx8nkQv/zgGgB4rMYmIf+6A4l6Rr+o/6lHB'
    'QdW5aYd44bd8JttDCE/F/pNRr0lRE+PiqSPO8nDPHw0010JeMH9gYgnnFlyY3/OcJ02RhIPyyx'
    'YpzAWmRlBmoulSw4cJ0tR0dCaFxRz8wTqAjEX/YCWHfNpSWyfsXcJCRVy5Wzntw== sandbox')

# The first three ids are those of Nova's double and of the two API documents
# (OpenStack's legacy reference, Huawei's ECS); the rest provoke refusals.
IMAGES = [
    {'use': 'servers', 'id': '155d900f-4e14-4e4c-a73d-069cbf4541e6'},
    {'use': 'rebuild', 'id': '70a599e0-31e7-49b7-b260-868f441e862b'},
    {'use': 'rebuild2', 'id': '3ed456f5-3d8f-4383-a6c9-312032afcd1a'},
    {'use': 'minRam', 'id': 'aaaaaaaa-0000-4000-8000-000000000001',
     'min_ram': 99999},
    {'use': 'minDisk', 'id': 'aaaaaaaa-0000-4000-8000-000000000002',
     'min_disk': 99999},
    {'use': 'queued', 'id': 'aaaaaaaa-0000-4000-8000-000000000003',
     'status': 'queued'},
    {'use': 'badArch', 'id': 'aaaaaaaa-0000-4000-8000-000000000004',
     'properties': {'hw_architecture': 'no-such-arch'}},
    # A valid architecture that the fake hypervisor has not: passes the API,
    # fails in the scheduler, and so the server goes to ERROR.
    {'use': 'noValidHost', 'id': 'aaaaaaaa-0000-4000-8000-000000000005',
     'properties': {'hw_architecture': 'ppc64'}},
    {'use': 'noDiskConfig', 'id': 'aaaaaaaa-0000-4000-8000-000000000006',
     'properties': {'auto_disk_config': 'disabled'}},
]


def parse_args():
    p = argparse.ArgumentParser(
        description='Real Nova on 127.0.0.1, with a fake hypervisor.')
    p.add_argument('--port', type=int, default=0,
                   help='port of nova-api (0: any free one)')
    p.add_argument('--auth', choices=['noauth', 'keystone'], default='noauth')
    p.add_argument('--glance', choices=['double', 'real'], default='double')
    p.add_argument('--servers', type=int, default=3, metavar='N',
                   help='servers to create, ACTIVE before the JSON line')
    p.add_argument('--delay', type=float, default=0.0, metavar='S',
                   help='seconds the hypervisor takes to spawn from then on, '
                        'so that BUILD and REBUILD can be observed')
    p.add_argument('--with-parent', action='store_true',
                   help='end when the process that started this one ends')
    p.add_argument('--log', help='keep the log of Nova in this file')
    args = p.parse_args()
    if args.glance == 'real' and args.auth != 'keystone':
        p.error('--glance real needs --auth keystone')
    return args


def paste_file(name):
    path = os.path.join(HERE, 'etc', name)
    if not os.path.exists(path):
        sys.exit('no %s: run install.sh' % path)
    return path


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


def call(method, url, body=None, token=None, version=None):
    """Return status, headers and decoded JSON; bytes are sent as they are."""
    request = urllib.request.Request(url, method=method)
    if isinstance(body, bytes):
        request.add_header('Content-Type', 'application/octet-stream')
    elif body is not None:
        request.add_header('Content-Type', 'application/json')
        body = json.dumps(body).encode()
    if token:
        request.add_header('X-Auth-Token', token)
    if version:
        request.add_header('OpenStack-API-Version', 'compute ' + version)
    try:
        with urllib.request.urlopen(request, body, timeout=60) as reply:
            raw = reply.read()
            return reply.status, reply.headers, json.loads(raw or b'null')
    except urllib.error.HTTPError as err:
        return err.code, err.headers, err.read()


def must(expected, *request):
    status, headers, body = call(*request)
    if status != expected:
        raise RuntimeError('%s %s: %s %s' % (*request[:2], status, body))
    return headers, body


# --------------------------------------------------------------------------
# Keystone and Glance, in processes of their own
# --------------------------------------------------------------------------

def start_child(script, stdout, *options):
    return subprocess.Popen(
        [sys.executable, os.path.join(HERE, script),
         '--parent', str(os.getpid()), *options],
        stdin=subprocess.DEVNULL, stdout=stdout)


class Keystone:
    def __init__(self, work, compute, glance):
        port = free_port()
        self.url = 'http://127.0.0.1:%d/v3' % port
        options = ['--port', str(port), '--work', os.path.join(work, 'ks'),
                   '--project-id', PROJECT,
                   '--endpoint', f'compute={compute}/v2.1/%(project_id)s',
                   '--endpoint', f'compute_legacy={compute}/v2/%(project_id)s']
        if glance:
            options += ['--endpoint', 'image=' + glance]
        self.process = start_child(
            'keystone_child.py', subprocess.PIPE, *options)

    def wait(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError('Keystone did not start')
        info = json.loads(line)
        self.users, self.projects = info['users'], info['projects']

    def token(self, name):
        domain = {'id': 'default'}
        user = self.users[name]
        headers, _ = must(201, 'POST', self.url + '/auth/tokens', {'auth': {
            'identity': {'methods': ['password'], 'password': {'user': {
                'name': name, 'domain': domain,
                'password': user['password']}}},
            'scope': {'project': {'name': user['project'],
                                  'domain': domain}}}})
        return headers['X-Subject-Token']


class Glance:
    def __init__(self, work, port, auth_url):
        self.url = 'http://127.0.0.1:%d' % port
        self.process = start_child(
            'glance_child.py', subprocess.DEVNULL, '--port', str(port),
            '--work', os.path.join(work, 'glance'),
            '--paste', paste_file('glance-api-paste.ini'),
            '--auth-url', auth_url)

    def wait(self):
        while True:
            if self.process.poll() is not None:
                raise RuntimeError('Glance did not start')
            try:
                call('GET', self.url + '/')
                return
            except OSError:
                eventlet.sleep(0.1)

    def upload(self, image, token):
        must(201, 'POST', self.url + '/v2/images', {
            'id': image['id'], 'name': 'sandbox-' + image['use'],
            'visibility': 'public', 'container_format': 'bare',
            'disk_format': 'raw', 'min_ram': image.get('min_ram', 0),
            'min_disk': image.get('min_disk', 0),
            **image.get('properties', {})}, token)
        if image.get('status') != 'queued':
            must(204, 'PUT', '%s/v2/images/%s/file' % (self.url, image['id']),
                 bytes(1024), token)


# --------------------------------------------------------------------------
# Nova and placement, in this process
# --------------------------------------------------------------------------

def write_ini(path, groups):
    with open(path, 'w') as f:
        for group, options in groups.items():
            f.write('[%s]\n' % group)
            for key, value in options.items():
                f.write('%s = %s\n' % (key, value))
            f.write('\n')


def start_placement(work):
    """Serve the real placement application and return its URL."""
    conf_dir = os.path.join(work, 'placement')
    os.mkdir(conf_dir)
    write_ini(os.path.join(conf_dir, 'placement.conf'), {
        'DEFAULT': {'log_file': os.path.join(work, 'placement.log'),
                    'use_stderr': False},
        'api': {'auth_strategy': 'noauth2'},
        'placement_database': {
            'connection': 'sqlite:///%s/placement.sqlite' % work,
            'sqlite_synchronous': False,
            'sync_on_startup': True,
        },
    })
    os.environ['OS_PLACEMENT_CONFIG_DIR'] = conf_dir
    from placement import wsgi as placement_wsgi
    sock = eventlet.listen(('127.0.0.1', 0))
    eventlet.spawn(eventlet.wsgi.server, sock,
                   placement_wsgi.init_application(),
                   log=open(os.devnull, 'w'), debug=False)
    return 'http://127.0.0.1:%d' % sock.getsockname()[1]


def configure_nova(work, port, log, placement_url, keystone, glance):
    policy = os.path.join(work, 'policy.yaml')
    open(policy, 'w').close()              # empty: the shipped defaults
    conf = {
        'DEFAULT': {
            'log_file': log or os.path.join(work, 'nova.log'),
            'use_stderr': False,
            'state_path': work,
            'host': 'compute1',
            'my_ip': '127.0.0.1',
            'compute_driver': 'fake.FakeDriver',
            'transport_url': 'fake:/',
            'osapi_compute_listen': '127.0.0.1',
            'osapi_compute_listen_port': port,
            'vif_plugging_timeout': 0,
            'allow_resize_to_same_host': True,
        },
        'api': {'auth_strategy': 'keystone' if keystone else 'noauth2'},
        'wsgi': {'api_paste_config': paste_file('api-paste.ini')},
        'api_database': {
            'connection': 'sqlite:///%s/nova_api.sqlite' % work,
            'sqlite_synchronous': False,
        },
        'database': {
            'connection': 'sqlite:///%s/nova_cell1.sqlite' % work,
            'sqlite_synchronous': False,
        },
        # The in-process placement takes any token.
        'placement': {
            'auth_type': 'admin_token',
            'endpoint': placement_url,
            'token': 'admin',
        },
        'key_manager': {'backend': 'nova.keymgr.conf_key_mgr.ConfKeyManager'},
        'oslo_concurrency': {'lock_path': os.path.join(work, 'locks')},
        'oslo_policy': {'policy_file': policy},
        'quota': {'instances': -1, 'cores': -1, 'ram': -1},
        'filter_scheduler': {'build_failure_weight_multiplier': 0.0},
    }
    if keystone:
        conf['keystone_authtoken'] = {
            'www_authenticate_uri': keystone.url,
            'auth_url': keystone.url,
            'auth_type': 'password',
            'username': 'nova',
            'password': 'nova-service',
            'project_name': 'service',
            'user_domain_name': 'Default',
            'project_domain_name': 'Default',
            'service_token_roles_required': True,
        }
    if glance:
        conf['glance'] = {'api_servers': glance.url}
    path = os.path.join(work, 'nova.conf')
    write_ini(path, conf)

    from nova import config
    from nova import objects
    from nova.conf import CONF
    from oslo_log import log as logging
    config.parse_args(['nova', '--config-file', path], default_config_files=[])
    objects.register_all()
    logging.setup(CONF, 'nova')


def make_databases(work):
    """Make the databases of the API, cell0 and cell1 with Nova's migrations."""
    from nova import context
    from nova import objects
    from nova.conf import CONF
    from nova.db import migration
    from nova.db.main import api as main_db

    migration.db_sync(database='api')
    migration.db_sync(database='main')
    # cell0 has cell1's schema; a copy is quicker than a second migration.
    main_db.get_engine().dispose()
    shutil.copy(os.path.join(work, 'nova_cell1.sqlite'),
                os.path.join(work, 'nova_cell0.sqlite'))

    ctxt = context.get_admin_context()
    objects.CellMapping(
        ctxt, uuid=objects.CellMapping.CELL0_UUID, name='cell0',
        transport_url='none:///',
        database_connection='sqlite:///%s/nova_cell0.sqlite' % work).create()
    objects.CellMapping(
        ctxt, uuid='11111111-1111-4111-8111-111111111111', name='cell1',
        transport_url='fake:/',
        database_connection=CONF.database.connection).create()

    for flavorid, name, ram, vcpus, disk in (
            ('1', 'm1.tiny', 512, 1, 1),
            ('2', 'm1.small', 2048, 1, 20),
            ('3', 'm1.medium', 4096, 2, 40),
            ('s3.xlarge.1', 's3.xlarge.1', 4096, 4, 0)):
        objects.Flavor(
            context=ctxt, flavorid=flavorid, name=name, memory_mb=ram,
            vcpus=vcpus, root_gb=disk, ephemeral_gb=0, swap=0,
            rxtx_factor=1.0, disabled=False, is_public=True).create()


def image_for_double(image):
    moment = datetime.datetime(2011, 1, 1, 1, 2, 3)
    return {
        'id': image['id'], 'name': 'sandbox-' + image['use'],
        'created_at': moment, 'updated_at': moment, 'deleted_at': None,
        'deleted': False, 'status': image.get('status', 'active'),
        'is_public': True, 'visibility': 'public', 'protected': False,
        'container_format': 'bare', 'disk_format': 'raw', 'size': '1024',
        'min_ram': image.get('min_ram', 0),
        'min_disk': image.get('min_disk', 0), 'tags': [],
        'properties': dict(image.get('properties', {})),
    }


class Doubles(fixtures.Fixture):
    """What Nova's own test doubles expect of a test case, and no more."""

    def flags(self, group=None, **options):
        from nova.conf import CONF
        for key, value in options.items():
            CONF.set_override(key, value, group)

    def stub_out(self, old, new):
        self.useFixture(fixtures.MonkeyPatch(old, new))

    def start(self, with_glance):
        from nova.tests import fixtures as nova_fixtures
        self.setUp()
        if with_glance:
            glance = self.useFixture(nova_fixtures.GlanceFixture(self))
            for image in IMAGES:
                if image['id'] not in glance.images:
                    glance.create(None, image_for_double(image))
        neutron = nova_fixtures.NeutronFixture
        group = neutron.security_group
        # The double names the rules of its group where Neutron shows them,
        # and shows no group; Nova asks for both to list security groups.
        group['security_group_rules'] = [
            rule for name, rule in vars(neutron).items()
            if name.startswith('security_group_rule_')]
        neutron.show_security_group = lambda *_args, **_options: {
            'security_group': group}
        self.useFixture(neutron(self))
        self.useFixture(nova_fixtures.CinderFixture(self))


def start_services():
    from nova import context
    from nova import objects
    from nova import service
    from nova.objects import host_mapping

    objects.Service.enable_min_version_cache()
    for binary in ('nova-conductor', 'nova-scheduler', 'nova-compute'):
        service.Service.create(binary=binary, host='compute1').start()
    host_mapping.discover_hosts(context.get_admin_context())
    service.WSGIService('osapi_compute').start()


def adjust_hypervisor(delay):
    """Let the fake hypervisor take time, fail on request, and upload images."""
    from nova import exception
    from nova.image import glance
    from nova.virt import fake
    real_spawn = fake.FakeDriver.spawn
    real_snapshot = fake.FakeDriver.snapshot

    def spawn(self, context, instance, *args, **kwargs):
        eventlet.sleep(delay)
        # Spawned all the same when it is to fail: FakeDriver.power_off()
        # raises for a guest it does not know (libvirt's does not), and the
        # next rebuild would then hang in task_state "rebuilding".
        real_spawn(self, context, instance, *args, **kwargs)
        if FAIL_KEY in instance.metadata:
            raise exception.BuildAbortException(
                instance_uuid=instance.uuid, reason='asked to fail')

    def snapshot(self, context, instance, image_id, update_task_state):
        real_snapshot(self, context, instance, image_id, update_task_state)
        # As libvirt's driver does; without its bytes an image stays queued.
        glance.API().update(
            context, image_id,
            {'status': 'active', 'container_format': 'bare',
             'disk_format': 'raw'},
            io.BytesIO(bytes(1024)), purge_props=False)

    fake.FakeDriver.spawn = spawn
    fake.FakeDriver.snapshot = snapshot


def create_servers(base, token, count):
    """Create servers through the API itself and return their ids, ACTIVE."""
    must(200, 'POST', base + '/os-keypairs', {'keypair': {
        'name': 'sandbox-key', 'public_key': KEYPAIR_PUB}}, token)
    ids = []
    for n in range(count):
        _, body = must(202, 'POST', base + '/servers', {'server': {
            'name': 'sandbox-%d' % (n + 1), 'imageRef': IMAGES[0]['id'],
            'flavorRef': '1', 'key_name': 'sandbox-key',
            'metadata': {'My Server Name': 'Apache1'},
            'networks': 'auto'}}, token, '2.37')
        ids.append(body['server']['id'])
    deadline = time.monotonic() + 60
    for server in ids:
        while True:
            _, body = must(200, 'GET', base + '/servers/' + server, None, token)
            state = body['server']['status']
            if state == 'ACTIVE':
                break
            if state == 'ERROR' or time.monotonic() > deadline:
                raise RuntimeError('server %s is %s' % (server, body))
            eventlet.sleep(0.05)
    return ids


# --------------------------------------------------------------------------

def start(args, work, children):
    """Start everything and return the contents of the JSON line."""
    port = args.port or free_port()
    root = 'http://127.0.0.1:%d' % port
    glance_port = free_port() if args.glance == 'real' else None
    keystone = glance = None
    if args.auth == 'keystone':
        keystone = Keystone(work, root, glance_port and
                            'http://127.0.0.1:%d' % glance_port)
        children.append(keystone.process)
    if glance_port:
        glance = Glance(work, glance_port, keystone.url)
        children.append(glance.process)

    # Placement sets up its own logging, so it comes before Nova.
    placement_url = start_placement(work)
    configure_nova(work, port, args.log, placement_url, keystone, glance)
    make_databases(work)
    Doubles().start(with_glance=not glance)
    start_services()

    cloud = {'endpoint': root, 'projectId': PROJECT, 'failKey': FAIL_KEY,
             'images': {i['use']: i['id'] for i in IMAGES}}
    if keystone:
        keystone.wait()
        cloud['authUrl'] = keystone.url
        cloud['users'] = keystone.users
        cloud['otherProjectId'] = keystone.projects['other']
        cloud['tokens'] = {
            'member': keystone.token('demo'),
            'admin': keystone.token('admin'),
            'reader': keystone.token('reader'),
            'otherProject': keystone.token('other'),
        }
    else:
        cloud['otherProjectId'] = PROJECT[::-1]
        cloud['tokens'] = {
            'member': 'demo:' + PROJECT,
            'admin': 'admin:' + PROJECT,
            'otherProject': 'other:' + PROJECT[::-1],
        }
    if glance:
        glance.wait()
        cloud['glanceUrl'] = glance.url
        for image in IMAGES:
            glance.upload(image, cloud['tokens']['admin'])
    cloud['servers'] = create_servers(
        f'{root}/v2.1/{PROJECT}', cloud['tokens']['member'], args.servers)
    adjust_hypervisor(args.delay)
    return cloud


def main():
    args = parse_args()
    warnings.simplefilter('ignore')
    # Keystone, Glance and placement are reached directly, whatever the proxy.
    os.environ['no_proxy'] = '127.0.0.1'
    work = tempfile.mkdtemp(prefix='real-cloud-')
    children = []

    def leave(status):
        # Nothing is worth an orderly stop, which would wait for spawns that
        # --delay holds up.  Neither may this switch green threads (so the
        # unpatched waitpid), as it can run within eventlet's hub; and the
        # children go first, or they would write into what is being removed.
        for child in children:
            child.kill()
            with contextlib.suppress(ChildProcessError):
                eventlet.patcher.original('os').waitpid(child.pid, 0)
        shutil.rmtree(work, ignore_errors=True)
        os._exit(status)

    for signum in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(signum, lambda *_: leave(0))
    try:
        if args.with_parent:
            ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
            if os.getppid() != PARENT:
                leave(0)
        print(json.dumps(start(args, work, children)), flush=True)
        while True:
            eventlet.sleep(3600)
    except BaseException:
        traceback.print_exc()
        leave(1)


if __name__ == '__main__':
    main()
