/** The settings that must be set, for tests that are about something else. A case page may choose another profile. */
export const testSettings = {
  GATEWAY_UPSTREAM_URL: 'http://cloud.example.com',
  GATEWAY_UPSTREAM_PROFILE: 'ecs',
} as const;
