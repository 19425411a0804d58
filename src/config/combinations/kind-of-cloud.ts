import { useless } from './combination.ts';

/** Settings that only one kind of cloud has. */
export const kindCombinations = [
  useless(
    ['upstream.personality', 'upstream.profile'],
    (_, profile) => profile === 'ecs',
    '{upstream.personality=}, and {upstream.profile=}; an ecs cloud always gets files as user_data: remove {upstream.personality}.',
  ),
  useless(
    ['userData.ecsMaxBytes', 'upstream.profile'],
    (_, profile) => profile !== 'ecs',
    '{userData.ecsMaxBytes=}, and {upstream.profile=}; it is the limit of an ecs cloud: set {userData.novaMaxCharacters} instead.',
  ),
  useless(
    ['userData.novaMaxCharacters', 'upstream.profile'],
    (_, profile) => profile !== 'nova',
    '{userData.novaMaxCharacters=}, and {upstream.profile=}; it is the limit of a nova cloud: set {userData.ecsMaxBytes} instead.',
  ),
] as const;
