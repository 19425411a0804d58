import type { Config } from '../../config/settings.ts';
import { ecsProfile } from './ecs.ts';
import { novaProfile } from './nova.ts';
import type { Profile } from '../profile.ts';

/** Convert characters of base64 to bytes: 4 characters hold 3 bytes. */
const bytesOf = (characters: number): number => Math.floor(characters / 4) * 3;

/** The profile of each kind of cloud, made from the settings. */
export const profiles: Readonly<Record<Config['upstream']['profile'], (config: Config) => Profile>> = {
  ecs: ({ personality, userData }) =>
    ecsProfile({ permissions: personality.permissions, maxBytes: userData.ecsMaxBytes }),
  nova: ({ personality, userData, upstream }) =>
    novaProfile(upstream.personality, {
      permissions: personality.permissions,
      maxBytes: bytesOf(userData.novaMaxCharacters),
    }),
};
