import type { Scripted } from './scripted-cloud.ts';

const project = 'openstack';
const id = '075e40fe-9f03-4652-ba8e-5f8e2547899a';
const image = '70a599e0-31e7-49b7-b260-868f441e862b';
const at = (path: string): string => `http://cloud.example.com/${path}`;

/** A server as a modern cloud shows it while it is rebuilt. */
const server = {
  id,
  name: 'new-server-test',
  status: 'REBUILD',
  progress: 0,
  tenant_id: project,
  user_id: 'fake',
  hostId: '6c072102f72eaf5c98ff6c587d9f9f69d72407c6b6182d386b200e40',
  created: '2026-11-21T18:00:05Z',
  updated: '2026-11-21T18:00:07Z',
  accessIPv4: '',
  accessIPv6: '',
  adminPass: 'pw',
  'OS-DCF:diskConfig': 'AUTO',
  metadata: { 'My Server Name': 'Apache1' },
  addresses: { private: [{ version: 4, addr: '192.168.0.3' }] },
  image: { id: image, links: [{ rel: 'bookmark', href: at(`${project}/images/${image}`) }] },
  flavor: { id: '1', links: [{ rel: 'bookmark', href: at(`${project}/flavors/1`) }] },
  links: [
    { rel: 'self', href: at(`v2.1/${project}/servers/${id}`) },
    { rel: 'bookmark', href: at(`${project}/servers/${id}`) },
  ],
};

/** A document of a modern cloud, with the status that it comes with. */
export function json(status: number, document: unknown): Scripted {
  return { status, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(document) };
}

/** The answer to a GET of the server. */
export const shownServer: Scripted = json(200, { server });

/** The answer to a rebuild of the server. */
export const rebuiltServer: Scripted = json(202, { server });
