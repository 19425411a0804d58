import { after, before } from 'node:test';
import { startTestGateway, type TestGateway } from './gateway.ts';
import { startScriptedCloud, type ScriptedCloud } from './scripted-cloud.ts';

/** The cloud and the gateway with which recordings are replayed. */
export interface Recorded {
  readonly cloud: ScriptedCloud;
  readonly gateway: TestGateway;
}

/** A scripted cloud and a gateway in front of it for the tests of a suite; they are there as soon as a test runs. */
export function withGateway(settings: Readonly<Record<string, string>> = {}): Recorded {
  const recorded: { cloud?: ScriptedCloud; gateway?: TestGateway } = {};
  before(async () => {
    recorded.cloud = await startScriptedCloud();
    recorded.gateway = await startTestGateway(recorded.cloud.url, settings);
  });
  after(async () => {
    await recorded.gateway?.stop();
    await recorded.cloud?.stop();
  });
  // Tests run after `before`, which fills both in.
  return recorded as Recorded;
}
