import { ConfigError, loadConfig } from '../src/config/load.ts';
import { startGateway } from '../src/server/gateway.ts';
import { createLog } from '../src/observe/log.ts';
import { startEmbeddedCloud, type EmbeddedCloud } from './embedded-cloud/embedded-cloud.ts';

/** The gateway in front of an embedded cloud of the ecs kind, without any configuration: `npm run demo`. */
try {
  await demo();
} catch (error) {
  const isPortTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  if (!(error instanceof ConfigError) && !isPortTaken) throw error;
  console.error(
    isPortTaken ? `${error.message}: set GATEWAY_PORT and GATEWAY_ADMIN_PORT to free ports.` : error.message,
  );
  process.exitCode = 2;
}

async function demo(): Promise<void> {
  const kind = process.env['GATEWAY_UPSTREAM_PROFILE'] === 'nova' ? 'nova' : 'ecs';
  const cloud = await startEmbeddedCloud({ kind, rebuildMs: 3000 });
  const config = loadConfig({ GATEWAY_LOG_FORMAT: 'text', ...process.env, GATEWAY_UPSTREAM_URL: cloud.url });
  const log = createLog(config.log);
  const gateway = await startGateway(config, log).catch(async (error: unknown) => {
    await cloud.close();
    throw error;
  });
  console.log(introduction(gateway.url, cloud));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void gateway.drain().then(() => Promise.all([cloud.close(), log.close()])));
  }
}

function introduction(url: string, { project, servers, images }: EmbeddedCloud): string {
  const [first = '', second = ''] = servers.map(({ id }) => id);
  const [image = ''] = images;
  const token = "-H 'X-Auth-Token: any'";
  const action = (server: string): string => `${url}/v2/${project}/servers/${server}/action`;
  const xml = `<rebuild imageRef="http://old.example.com/images/${image}" name="rebuilt" accessIPv4="1.2.3.4"><personality><file path="/etc/banner.txt">aGVsbG8K</file></personality></rebuild>`;
  const json = `{"rebuild": {"imageRef": "${image}", "metadata": {"role": "web"}}}`;
  return `
An embedded cloud is running, and the gateway in front of it. Try, in another terminal:

1. XML in, XML out: the image's URL becomes its id, the file becomes user_data, the address is dropped with a note

curl -i ${token} -H 'Content-Type: application/xml' -d '${xml}' ${action(first)}

2. JSON in, JSON out

curl -i ${token} -H 'Content-Type: application/json' -d '${json}' ${action(second)}

3. Mixed: JSON in, XML out by the suffix (4 seconds later, or the server is still being rebuilt: 409)

curl -i ${token} -H 'Content-Type: application/json' -d '${json}' ${action(second)}.xml

A rebuild takes 3 seconds. To see it end: curl ${token} ${url}/v2/${project}/servers/${first}
Ctrl-C ends the demo.
`;
}
