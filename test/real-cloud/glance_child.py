#!/usr/bin/python3
"""A real Glance v2 on loopback, for serve.py: sqlite, files.

Its tokens are checked by the Keystone of keystone_child.py.  It is ready when
its port answers.
"""

import argparse
import ctypes
import os
import signal
import sys


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--parent', type=int, required=True)
    p.add_argument('--port', type=int, required=True)
    p.add_argument('--work', required=True, help='a directory to be made')
    p.add_argument('--paste', required=True)
    p.add_argument('--auth-url', required=True)
    args = p.parse_args()
    # PR_SET_PDEATHSIG: never outlive the process that started this one.
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    if os.getppid() != args.parent:
        return

    os.mkdir(args.work)
    os.mkdir(os.path.join(args.work, 'images'))
    conf = os.path.join(args.work, 'glance-api.conf')
    with open(conf, 'w') as f:
        f.write(f'''
[DEFAULT]
bind_host = 127.0.0.1
bind_port = {args.port}
workers = 0
log_file = {args.work}/glance.log
use_stderr = False
enabled_backends = file:file
[database]
connection = sqlite:///{args.work}/glance.sqlite
sqlite_synchronous = False
[glance_store]
default_backend = file
[file]
filesystem_store_datadir = {args.work}/images
[os_glance_staging_store]
filesystem_store_datadir = {args.work}/staging
[os_glance_tasks_store]
filesystem_store_datadir = {args.work}/tasks
[paste_deploy]
flavor = keystone
config_file = {args.paste}
[keystone_authtoken]
www_authenticate_uri = {args.auth_url}
auth_url = {args.auth_url}
auth_type = password
username = glance
password = glance-service
project_name = service
user_domain_name = Default
project_domain_name = Default
''')
    sys.argv = ['glance-api', '--config-file', conf]

    from glance.cmd import api                 # patches for eventlet on import
    from glance.cmd import manage
    from glance.common import config
    import logging                             # once it is patched
    config.parse_args()
    # Every migration would tell of itself on stderr, and hide a real error.
    logging.disable(logging.INFO)
    manage.DbCommands().sync()
    logging.disable(logging.NOTSET)
    api.main()


if __name__ == '__main__':
    main()
