/**
 * An example that fills a form.
 * @typedef {object} Example
 * @property {string} name its name in the URL
 * @property {string} title
 * @property {string} text
 * @property {string} [operation]
 */

const server = '0c37a84a-c757-4f22-8c7f-0bf8b6970886';
const project = '7459f9935ed2422eb9800fea1d4d9378';

/** Requests of callers. @type {readonly Example[]} */
export const requestExamples = [
  {
    name: 'rebuild',
    title: 'A rebuild in XML',
    text: `POST /v2/${project}/servers/${server}/action HTTP/1.1
Host: compute.example.org:8774
Content-Type: application/xml
Accept: application/xml
X-Auth-Token: TOKEN

<?xml version="1.0" encoding="UTF-8"?>
<rebuild xmlns="http://docs.openstack.org/compute/api/v1.1"
         imageRef="http://glance.example.org/images/70a599e0-31e7-49b7-b260-868f441e862b"
         accessIPv4="10.1" adminPass="secret">
  <metadata><meta key="role">web</meta></metadata>
  <personality><file path="/etc/motd">aGVsbG8K</file></personality>
</rebuild>`,
  },
  {
    name: 'curl',
    title: 'The output of curl -v',
    text: `> GET /v1.1/${project}/flavors/detail.json HTTP/1.1
> Host: compute.example.org:8774
> User-Agent: curl/7.29.0
> Accept: */*
> X-Auth-Token: TOKEN
>`,
  },
  {
    name: 'body',
    title: 'A body alone',
    operation: 'createServer',
    text: `<server xmlns="http://docs.openstack.org/compute/api/v1.1" name="web"
        imageRef="70a599e0-31e7-49b7-b260-868f441e862b" flavorRef="1"/>`,
  },
  {
    name: 'refused',
    title: 'One that is refused',
    text: `POST /v2/${project}/servers/${server}/action HTTP/1.1
Host: compute.example.org:8774
Content-Type: application/xml
Accept: application/xml

<reboot xmlns="http://docs.openstack.org/compute/api/v1.1" type="GENTLY"/>`,
  },
];

/** Answers of clouds. @type {readonly Example[]} */
export const answerExamples = [
  {
    name: 'server',
    title: 'A server',
    operation: 'showServer',
    text: JSON.stringify(
      {
        server: {
          id: server,
          name: 'web',
          status: 'ACTIVE',
          tenant_id: project,
          metadata: { role: 'web' },
          addresses: { private: [{ addr: '10.0.0.5', version: 4 }] },
          links: [{ rel: 'self', href: `http://cloud.example.org/v2.1/${project}/servers/${server}` }],
        },
      },
      undefined,
      2,
    ),
  },
  {
    name: 'images',
    title: 'A list of images',
    operation: 'listImages',
    text: JSON.stringify(
      { images: [{ id: '70a599e0-31e7-49b7-b260-868f441e862b', name: 'debian', links: [] }] },
      undefined,
      2,
    ),
  },
];
