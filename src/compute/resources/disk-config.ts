import { attribute, string } from '../../schema/words.ts';

/** Who partitions the disk; XML callers knew it as auto_disk_config, too. */
export const diskConfig = attribute(
  string({ oneOf: ['MANUAL', 'AUTO'], refusal: "OS-DCF:diskConfig must be either 'MANUAL' or 'AUTO'." }),
  { aliases: ['auto_disk_config'] },
);
