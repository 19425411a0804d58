import { attribute, boolean, integer, list, record, string } from '../../schema/words.ts';
import { worksUnaided } from '../../schema/unaided.ts';

/** The volumes of a new server, in the first form of the API (2011). */
export const blockDevices = list(
  record(
    {
      volume_id: attribute(string()),
      snapshot_id: attribute(string()),
      device_name: attribute(string()),
      virtual_name: attribute(string()),
      volume_size: attribute(integer()),
      delete_on_termination: attribute(boolean({ otherwise: false })),
      no_device: attribute(boolean({ otherwise: false, isUnchecked: true })),
    },
    {
      emptyIsAbsent: {
        null: { no_device: worksUnaided },
        text: { virtual_name: worksUnaided, no_device: worksUnaided },
      },
    },
  ),
  { tag: 'mapping' },
);

/** The block devices of a new server, in the second form of the API (2013). */
export const blockDevicesV2 = list(
  record(
    {
      source_type: attribute(string()),
      destination_type: attribute(string()),
      boot_index: attribute(integer()),
      uuid: attribute(string()),
      volume_size: attribute(integer()),
      delete_on_termination: attribute(boolean({ otherwise: false })),
      guest_format: attribute(string()),
      device_name: attribute(string()),
      device_type: attribute(string()),
      disk_bus: attribute(string()),
      no_device: attribute(boolean({ otherwise: false, isUnchecked: true })),
    },
    {
      emptyIsAbsent: {
        null: { boot_index: worksUnaided, no_device: worksUnaided },
        text: {
          guest_format: worksUnaided,
          device_type: worksUnaided,
          disk_bus: worksUnaided,
          no_device: worksUnaided,
        },
      },
    },
  ),
  { tag: 'mapping' },
);
