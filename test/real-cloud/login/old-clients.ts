import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { python } from '../start-real-cloud.ts';
import { urls, type LoginScene } from './login-scene.ts';

/** The network of Nova's own double of Neutron. */
const network = '3cb9bc59-5699-4588-a4b1-b87f96708bc6';
const ruby = '/usr/bin/ruby';
const servers = ['sandbox-1', 'sandbox-2', 'sandbox-3'];
const sizes = ['m1.medium', 'm1.small', 'm1.tiny', 's3.xlarge.1'];

/** Run clients as they are, from their login to the end of a server. None of them is given a token. */
export function runsOldClients(open: () => LoginScene): void {
  test('libcloud logs in with v2.0 in JSON and lives with a server; its XML driver logs in with v1.0, v1.1 and a key', async () => {
    const scene = open();
    const v1 = { nodes: servers, sizes, path: `/v1.1/${scene.parts.projectId}` };
    assert.deepEqual(JSON.parse(await run(python, ['libcloud_login.py'], given(scene, urls.identity))), {
      json: { nodes: servers, created: 'pending', rebuilding: true, image: scene.cloud.images.rebuild },
      refused: 'InvalidCredsError',
      xml: { '1.0': v1, '1.1': v1, '2.0_apikey': { ...v1, path: `/v2/${scene.parts.projectId}` } },
    });
  });

  test(
    'fog-openstack logs in at the port for administrators and lives with a server',
    { skip: whyNoFog() },
    async () => {
      const scene = open();
      const identity = `${urls.identityAdmin}/v2.0`;
      assert.deepEqual(JSON.parse(await run(ruby, ['fog_login.rb'], given(scene, identity))), {
        servers,
        flavors: sizes,
        rebuilding: 'REBUILD',
        rebuilt: ['rebuilt', scene.cloud.images.rebuild],
        tenants: [scene.parts.project],
        refused: 401,
      });
    },
  );

  test('a shell script logs in with XML, lists, boots, rebuilds, polls, deletes and logs out', async () => {
    const { cloud, parts } = open();
    const account = { OS_USERNAME: parts.user, OS_PASSWORD: parts.password, OS_TENANT_NAME: parts.project };
    const { servers: image, rebuild } = cloud.images;
    const printed = await run('/bin/sh', ['session.sh', urls.identity, image, network, rebuild], {}, account);
    assert.deepEqual(printed.trim().split('\n'), [
      `compute ${urls.compute}/v2/${parts.projectId}`,
      'listed 3',
      `booted ACTIVE ${image}`,
      'answered REBUILD',
      `rebuilt ACTIVE ${rebuild}`,
      'revoked 204',
      'after 401',
    ]);
  });
}

/** Return why fog-openstack cannot run: install.sh was run before it had this package, and nobody requires the test. */
function whyNoFog(): string | false {
  const isThere = spawnSync(ruby, ['-e', "require 'fog/openstack'"], { stdio: 'ignore' }).status === 0;
  return isThere || process.env['GATEWAY_TEST_REAL_CLOUD'] === 'required'
    ? false
    : 'no fog-openstack here: run install.sh';
}

function given({ cloud, parts }: LoginScene, identity: string): Readonly<Record<string, string>> {
  const { user, password, project } = parts;
  return { identity, user, password, project, network, image: cloud.images.servers, rebuild: cloud.images.rebuild };
}

/** Run a script of this folder; its input is JSON. @returns its output */
async function run(
  program: string,
  [script = '', ...rest]: readonly string[],
  input: object,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const child = spawn(program, [join(import.meta.dirname, script), ...rest], {
    env: { ...process.env, no_proxy: '127.0.14.1', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: 180_000,
  });
  const ended = once(child, 'close');
  // A script that reads no input may end before it is written.
  child.stdin.on('error', () => undefined).end(JSON.stringify(input));
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  assert.equal(child.exitCode, 0, `${output}${errors}`);
  return output;
}
