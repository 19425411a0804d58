import type { Deviations } from '../support/deviations.ts';

/** "Of the next page legacy Nova told JSON callers only": XML has no place for it. */
const nextPage = 'the next page of a detailed list was told to JSON callers only';
/** The image service of the recorded cloud was a fake one, whose sizes are texts; real ones count in numbers. */
const sizeOfFakeImage = 'the recorded cloud had texts for the sizes of its images, which are numbers';
/** Objects in legacy Nova's own database had numbers for ids; those of modern clouds have UUIDs. */
const numberedIds = "nova-network's ids were numbers, which XML cannot tell from texts; modern ones are UUIDs";

/** Values that the cloud generated for each request, so that the two forms differ. */
const madeAnew = 'each of the two answers was made at a moment of its own';
/** The block storage of the recorded cloud was a fake one, too. */
const numberedVolumes = 'the recorded block storage had numbers for ids, which XML cannot tell from texts';

const size = ['other kind images.images[].OS-EXT-IMG-SIZE:size (number for string)'];

/** Differences of the JSON that is read from recorded XML to the recorded JSON of the same answer. */
export const pairDeviations: Deviations<readonly string[]> = {
  'servers-detail-limit-1': { because: nextPage, instead: ['missing servers.servers_links'] },
  'flavors-limit': { because: nextPage, instead: ['missing flavors.flavors_links'] },
  'images-detail': { because: sizeOfFakeImage, instead: size },
  'images-detail-limit': { because: sizeOfFakeImage, instead: size },
  image: { because: sizeOfFakeImage, instead: ['other kind image.OS-EXT-IMG-SIZE:size (number for string)'] },
  networks: {
    because: 'legacy Nova wrote the 0 of a network that is not deleted as False, which is read as a boolean',
    instead: ['other kind networks[].deleted (boolean for number)', 'other value networks[].deleted'],
  },
  'security-group': {
    because: numberedIds,
    instead: ['rules[].parent_group_id', 'rules[].id', 'id'].map(
      (member) => `other kind security_group.${member} (string for number)`,
    ),
  },
  'floating-ips': { because: numberedIds, instead: ['other kind floating_ips[].id (string for number)'] },
  'volumes-detail': {
    because: numberedVolumes,
    instead: ['attachments[].id', 'attachments[].volumeId', 'id'].map(
      (member) => `other kind volumes[].${member} (string for number)`,
    ),
  },
  snapshots: {
    because: `${numberedVolumes}, and ${madeAnew}`,
    instead: [
      'other kind snapshots[].volumeId (string for number)',
      'other kind snapshots[].id (string for number)',
      'other value snapshots[].createdAt',
    ],
  },
  snapshot: {
    because: `${numberedVolumes}, and ${madeAnew}`,
    instead: ['other kind snapshot.volumeId (string for number)', 'other value snapshot.createdAt'],
  },
};

/** The attribute of recorded XML whose time is not the one of the same answer's JSON; its spelling is the same. */
export const otherTimes: Deviations<string> = {
  snapshots: { because: madeAnew, instead: 'createdAt' },
  snapshot: { because: madeAnew, instead: 'createdAt' },
};

/** The recorded answers of what is not translated; one that is here and is translated after all fails. */
export const untranslated: ReadonlySet<string> = new Set([
  'server-consoles',
  'security-group-default-rules',
  'floating-ips-bulk',
  'floating-ip-dns',
]);
