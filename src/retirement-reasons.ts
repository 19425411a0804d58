/** The reasons of the faults by which a retirement file refuses. They are part of `faultReasons`. */
export const retirementReasons = {
  'retired-brownout': {
    meaning:
      'The request needs the gateway, and a brownout of the retirement file (`retire`) is in force: 410 until its end. Nothing was sent to the cloud.',
    action:
      'None; that is its purpose. The log line has the name of the brownout, who called and its needs: tell the owner, or add an exception.',
  },
  'retired-rule': {
    meaning:
      'The request needs the gateway, and a rule of the retirement file (`retire`) refuses it for good: 410. Nothing was sent to the cloud.',
    action:
      'None, unless it should be served a while longer: then add an exception to the file, which is read again within seconds.',
  },
} as const;
