import { cloudSettings } from '../cloud.ts';
import type { SettingGroup, SettingValues } from '../forms.ts';
import { namedTrees } from './named-trees.ts';
import { hostUrl } from '../urls.ts';

const { url, profile, tls } = cloudSettings.settings.upstream;

/** The settings of one region; those that a region shares with the cloud have the rules of the cloud. */
export const regionMembers = {
  url,
  profile,
  publicUrl: hostUrl({
    help: 'URL of a host name that leads callers to this region only, without its name in the path. Not set: callers reach it at public.url with the name of the region behind it.',
    example: 'https://compute.two.example.org',
  }),
  tls,
} as const;

/** A region behind the gateway besides that of the cloud. */
export type RegionSettings = SettingValues<typeof regionMembers>;

/** The form of the name of a region: a segment of a path that is no version. */
export const regionName = /^(?!v\d+(?:\.\d+)?$)[A-Za-z0-9][\w.-]{0,63}$/;

/** Further regions, each with a cloud of its own. */
export const regionSettings = {
  title: 'Regions',
  settings: {
    regions: namedTrees<RegionSettings>({
      name: regionName,
      namedBy:
        'letters, digits, _, - and ., beginning with a letter or a digit, at most 64 of them, and no version such as v2',
      members: regionMembers,
      contradictions: regionContradictions,
      allowed:
        'an object with a member for each region: an object with url and profile, and if need be publicUrl and tls, as upstream has them; in the environment as JSON',
      help: 'Further regions behind the same gateway, by name. Each has a cloud of its own, and its callers have the name before the version: /RegionTwo/v2/PROJECT. Paths without a name are those of upstream.url, whose region is identity.region. What a region does not set it has from upstream: limits, proxy, tls.caFile and tls.minVersion. Not set: one region.',
      example: '{"RegionTwo": {"url": "https://compute.two.example.com", "profile": "nova"}}',
    }),
  },
} as const satisfies SettingGroup;

/** List what contradicts itself in the regions, each as the end of a sentence that begins with the name of the setting. */
function regionContradictions(regions: Readonly<Record<string, RegionSettings>>): readonly string[] {
  const hosts = new Map<string, string>();
  return Object.entries(regions).flatMap(
    ([
      name,
      {
        publicUrl,
        tls: { certFile, keyFile },
      },
    ]) => {
      const host = publicUrl === '' ? undefined : new URL(publicUrl).hostname;
      const other = host === undefined ? undefined : hosts.get(host);
      if (host !== undefined) hosts.set(host, name);
      return [
        ...((certFile === '') === (keyFile === '')
          ? []
          : [
              `.${name}.tls has ${certFile === '' ? 'keyFile' : 'certFile'} only; a certificate and its key go together: set both, or none.`,
            ]),
        ...(other === undefined
          ? []
          : [
              `.${name}.publicUrl has the host of ${other}; each region needs a host of its own: give one of them another name.`,
            ]),
      ];
    },
  );
}
