import { attribute, string } from '../../schema/words.ts';

/** The choice who partitions the disk: Nova or the user. XML callers also call it `auto_disk_config`. */
export const diskConfig = attribute(
  string({ oneOf: ['MANUAL', 'AUTO'], refusal: "OS-DCF:diskConfig must be either 'MANUAL' or 'AUTO'." }),
  { aliases: ['auto_disk_config'] },
);
