import type { TestContext } from 'node:test';
import { startTestGateway, type TestGateway } from './gateway.ts';
import { startScriptedCloud, type ScriptedCloud } from './scripted-cloud.ts';

/** The names of the clouds of a test: that of paths without a region, one with a path, and one with a host of its own. */
export type RegionName = 'Home' | 'West' | 'East';

/** A gateway in front of three clouds, each of which records what it receives. */
export interface RegionClouds {
  readonly gateway: TestGateway;
  readonly clouds: Readonly<Record<RegionName, ScriptedCloud>>;
  /** List the clouds that have received a request, and forget what they received. */
  readonly reached: () => readonly RegionName[];
}

/** The host of the region with a host of its own, and that of the gateway. */
export const hosts = { East: 'east.example.org', gateway: 'gw.example.org' } as const;

/** Start them. Nobody logs in, so that the home region has a name only if `settings` give it one. */
export async function startRegionClouds(
  test: TestContext,
  settings: Readonly<Record<string, string>> = {},
): Promise<RegionClouds> {
  const [home, west, east] = await Promise.all([startScriptedCloud(), startScriptedCloud(), startScriptedCloud()]);
  const clouds = { Home: home, West: west, East: east };
  for (const cloud of Object.values(clouds)) {
    cloud.script({ status: 200, headers: { 'Content-Type': 'application/json' }, body: '{}' });
    test.after(() => cloud.stop());
  }
  const gateway = await startTestGateway(home.url, {
    GATEWAY_UPSTREAM_PROFILE: 'nova',
    GATEWAY_PUBLIC_URL: `https://${hosts.gateway}`,
    GATEWAY_REGIONS: JSON.stringify({
      West: { url: west.url, profile: 'ecs' },
      East: { url: east.url, profile: 'nova', publicUrl: `https://${hosts.East}` },
    }),
    ...settings,
  });
  test.after(() => gateway.stop());
  return {
    gateway,
    clouds,
    reached: () => {
      const names = Object.keys(clouds) as RegionName[];
      return names.filter((name) => clouds[name].received.splice(0).length > 0);
    },
  };
}
