import { after } from 'node:test';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { startScriptedCloud, type Scripted, type ScriptedCloud } from '../support/scripted-cloud.ts';
import { refusingUrl } from '../support/raw-cloud.ts';
import { v3Answer } from '../identity/fixtures.ts';

/** The URLs of the gateway's two APIs that the recorded answers have. */
export const recordedUrls = {
  GATEWAY_PUBLIC_URL: 'http://gateway.example.com:8774',
  GATEWAY_IDENTITY_PUBLIC_URL: 'http://gateway.example.com:5000',
} as const;

/** Settings of a gateway with login in front of a Keystone. Without a limit of failures a test may fail as often as it likes. */
const keystone = { GATEWAY_UPSTREAM_PROFILE: 'nova', GATEWAY_IDENTITY_FAILURES_MAX: '0' } as const;

/** A gateway with login, in front of a scripted identity service and no compute API. */
export interface LoginGateway extends TestGateway {
  readonly service: ScriptedCloud;
  /** The URL of its port for logins only. */
  readonly identityUrl: string;
}

/** Start a gateway with login; by default its identity service accepts every login. */
export async function startLoginGateway(settings: Readonly<Record<string, string>> = {}): Promise<LoginGateway> {
  const service = await startScriptedCloud(accepting());
  const gateway = await startTestGateway(refusingUrl, {
    ...keystone,
    GATEWAY_IDENTITY_URL: service.url,
    GATEWAY_IDENTITY_PORTS: '0',
    ...settings,
  });
  return {
    ...gateway,
    service,
    identityUrl: identityUrlOf(gateway),
    stop: async () => {
      await gateway.stop();
      await service.stop();
    },
  };
}

/** Start gateways of different settings when they are first asked for, and stop them after the tests of the file. */
export function loginGateways(): (settings?: Readonly<Record<string, string>>) => Promise<LoginGateway> {
  const started = new Map<string, Promise<LoginGateway>>();
  after(async () => {
    for (const gateway of started.values()) await (await gateway).stop();
  });
  return (settings = {}) => {
    const key = JSON.stringify(settings);
    const gateway = started.get(key) ?? startLoginGateway(settings);
    started.set(key, gateway);
    return gateway;
  };
}

/** Find the URL of the first port for logins only in the log. */
export function identityUrlOf({ log }: Pick<TestGateway, 'log'>): string {
  const urls = log.find(({ event }) => event === 'login ready')?.fields['urls'];
  return Array.isArray(urls) ? String(urls[0]) : '';
}

/** The answer of an identity service that accepts a login. */
export function accepting(): Scripted {
  return inJson(v3Answer());
}

/** An answer of the fixtures in the form of the scripted service. */
export function inJson({ status, headers, body }: ReturnType<typeof v3Answer>): Scripted {
  const fields = Object.entries(headers).map(([name, value]) => [name, String(value)]);
  return { status, headers: { 'Content-Type': 'application/json', ...Object.fromEntries(fields) }, body };
}
