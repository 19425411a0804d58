import { attribute, string } from '../../schema/words.ts';

/** The partitioning of the disk: by Nova (AUTO) or by the user (MANUAL). XML callers also use the name `auto_disk_config`. */
export const diskConfig = attribute(
  string({ oneOf: ['MANUAL', 'AUTO'], refusal: "OS-DCF:diskConfig must be either 'MANUAL' or 'AUTO'." }),
  { aliases: ['auto_disk_config'] },
);
