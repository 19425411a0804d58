/**
 * The methods of legacy Nova that read XML with a deserializer of their own, and the operations that are translated of each.
 * All other methods use its generic deserializer, which does not distinguish attributes from child elements.
 */
export const ownDeserializers: Readonly<Record<string, readonly string[]>> = {
  'servers._action_change_password': ['changePassword'],
  'servers._action_confirm_resize': ['confirmResize'],
  'servers._action_create_image': ['createImage'],
  'servers._action_reboot': ['reboot'],
  'servers._action_rebuild': ['rebuild'],
  'servers._action_resize': ['resize'],
  'servers._action_revert_resize': ['revertResize'],
  'servers.create': ['createServer', 'bootFromVolume'],
  'server_metadata.create': ['updateServerMetadata'],
  'server_metadata.update_all': ['replaceServerMetadata'],
  'server_metadata.update': ['setServerMetadataItem'],
  'image_metadata.create': ['updateImageMetadata'],
  'image_metadata.update_all': ['replaceImageMetadata'],
  'image_metadata.update': ['setImageMetadataItem'],
  'security_groups.create': ['createSecurityGroup', 'createSecurityGroupRule'],
  'server_groups.create': ['createServerGroup'],
  'services.update': ['enableService', 'disableService', 'disableServiceWithReason'],
  'volumes.create': ['createVolume'],
  'hosts.update': ['updateHost'],
  'server_external_events.create': ['createExternalEvents'],
  'cells.create': [],
  'cells.update': [],
  'security_group_default_rules.create': [],
};
