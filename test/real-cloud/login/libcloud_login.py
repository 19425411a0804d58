#!/usr/bin/python3
"""Debian's libcloud, which logs in by itself:
libcloud_login.py  <  {"identity", "user", "password", "project", "network",
"image", "rebuild"}

With the OpenStack 1.1 driver it lists, boots, rebuilds, polls and deletes
after a login of v2.0 with a password; with the OpenStack 1.0 driver, which
speaks XML, it lists after a login of v1.0 by header fields, of v1.1, and of
v2.0 with an API key. One line of JSON has the results.
"""

import json
import sys
import time
import warnings

from libcloud.common.types import InvalidCredsError
from libcloud.compute.drivers import openstack

COMPUTE = 'http://docs.openstack.org/compute/api/v1.1'


class Network:
    def __init__(self, id):
        self.id = id


def open_json(given, password):
    return openstack.OpenStack_1_1_NodeDriver(
        given['user'], password, secure=False,
        ex_force_auth_url=given['identity'],
        ex_force_auth_version='2.0_password',
        ex_tenant_name=given['project'])


def open_xml(given, version):
    """The driver reads the elements of API 1.0 unless told otherwise. The
    catalogues of v1.0 and v1.1 have no type, name and region of OpenStack:
    as Rackspace's driver does, it looks for cloudServers."""
    driver = openstack.OpenStack_1_0_NodeDriver(
        given['user'], given['password'], secure=False,
        ex_force_auth_url=given['identity'], ex_force_auth_version=version,
        ex_tenant_name=given['project'])
    driver.XML_NAMESPACE = COMPUTE
    if not version.startswith('2.0'):
        driver.connection.service_type = 'cloudServers'
        driver.connection.service_name = None
        driver.connection.service_region = None
    return driver


def until(driver, node, wanted):
    deadline = time.monotonic() + 60
    while True:
        found = driver.ex_get_node_details(node)
        if wanted(found):
            return found
        if time.monotonic() > deadline:
            raise RuntimeError('%s is %s' % (node.id, found and found.state))
        time.sleep(0.2)


def is_idle(node):
    return node.state == 'running' and node.extra['task_state'] is None


def live(given):
    """The life of a server, from its creation to its end."""
    driver = open_json(given, given['password'])
    told = {'nodes': sorted(node.name for node in driver.list_nodes())}
    images = {image.id: image for image in driver.list_images()}
    size = next(size for size in driver.list_sizes() if size.id == '1')
    node = driver.create_node(
        name='libcloud', size=size, image=images[given['image']],
        networks=[Network(given['network'])])
    told['created'] = node.state
    until(driver, node, is_idle)
    told['rebuilding'] = driver.ex_rebuild(node, images[given['rebuild']])
    told['image'] = until(driver, node, is_idle).extra['imageId']
    driver.destroy_node(node)
    until(driver, node, lambda found: found is None)
    return told


def refused(given):
    try:
        open_json(given, 'wrong').list_nodes()
    except InvalidCredsError as error:
        return type(error).__name__


def look(given, version):
    """The lists that the XML driver reads."""
    driver = open_xml(given, version)
    return {'nodes': sorted(node.name for node in driver.list_nodes()),
            'sizes': sorted(size.name for size in driver.list_sizes()),
            'path': driver.connection.request_path}


def main():
    warnings.simplefilter('ignore')
    given = json.load(sys.stdin)
    json.dump({
        'json': live(given),
        'refused': refused(given),
        'xml': {version: look(given, version)
                for version in ('1.0', '1.1', '2.0_apikey')},
    }, sys.stdout)


if __name__ == '__main__':
    main()
