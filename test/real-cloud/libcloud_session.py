#!/usr/bin/python3
"""Debian's libcloud, its OpenStack 1.0 driver (the one that speaks XML), at a
gateway:  libcloud_session.py  <  {"url", "token", "server", "image"}

Lists nodes, images and sizes, rebuilds the server, and says in one line of
JSON what came back. The driver is not modified but where it says so.
"""

import json
import sys
import warnings
import xml.etree.ElementTree as ElementTree

from libcloud.compute.drivers import openstack

COMPUTE = 'http://docs.openstack.org/compute/api/v1.1'


class Response(openstack.OpenStack_1_0_Response):
    """Reads faults on any Python: Element.getiterator() is gone since 3.9, so
    the driver raises AttributeError in the place of what the cloud said."""

    def parse_error(self):
        return {'status': int(self.status),
                'type': self.headers.get('content-type'),
                'root': ElementTree.XML(self.body).tag,
                'texts': [element.text for element
                          in ElementTree.XML(self.body).iter()
                          if element.text]}


def open_driver(given):
    """A driver with its token put in by hand: there is no Keystone v1.0 to
    ask for one (so the user and key are nobody's)."""
    return openstack.OpenStack_1_0_NodeDriver(
        'nobody', 'nothing', secure=False,
        ex_force_base_url=given['url'], ex_force_auth_url=given['url'],
        ex_force_auth_token=given['token'])


def names(driver):
    return {'nodes': sorted(node.name for node in driver.list_nodes()),
            'images': sorted(image.name for image in driver.list_images()),
            'sizes': sorted(size.name for size in driver.list_sizes())}


def refusal(action):
    """What a driver's call fails with."""
    try:
        return {'result': action()}
    except Exception as error:
        # With the driver's own parse_error() it is an AttributeError.
        return getattr(error, 'message', None) or repr(error)


def main():
    warnings.simplefilter('ignore')
    given = json.load(sys.stdin)
    told = {}

    # As it is: it looks for the elements of API 1.0, so in documents of 1.1
    # it finds none; and it sends API 1.0's imageId.
    driver = open_driver(given)
    told['unmodified'] = names(driver)
    told['unmodifiedRebuild'] = refusal(
        lambda: driver.ex_rebuild(given['server'], given['image']))
    driver.connection.responseCls = Response
    told['refusal'] = refusal(
        lambda: driver.ex_rebuild(given['server'], given['image']))

    # With the namespace of API 1.1, the only thing that its readers need.
    driver = open_driver(given)
    driver.XML_NAMESPACE = COMPUTE
    told['names'] = names(driver)
    node = next(node for node in driver.list_nodes()
                if node.id == given['server'])
    told['node'] = {'state': node.state, 'metadata': node.extra['metadata']}

    # The document of API 1.1, through the driver's own connection.
    rebuild = ElementTree.Element(
        'rebuild', {'xmlns': COMPUTE, 'imageRef': given['image']})
    answer = driver.connection.request(
        '/servers/%s/action' % given['server'], method='POST',
        data=ElementTree.tostring(rebuild))
    told['rebuild'] = {'status': answer.status,
                       'type': answer.headers['content-type'],
                       'root': answer.object.tag,
                       'state': answer.object.get('status')}

    json.dump(told, sys.stdout)


if __name__ == '__main__':
    main()
