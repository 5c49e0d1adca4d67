/**
 * What running workflows learnt after they were first released: what they did before must still replay, so each `patched`
 * keeps both ways. One goes when no history without it is kept any more (docs/operations.md, "Upgrading").
 */
export const patches = {
  /** A round begins while the state is saved, and the word for Temporal's list is only sent when it is another one. */
  fewerSteps: 'fewer-steps',
  /** What a handover and a stand-in leave in the history of a connection is kept when they are chosen, not when they are told. */
  handoverInHistory: 'handover-in-history',
  standInInHistory: 'stand-in-in-history',
} as const;
