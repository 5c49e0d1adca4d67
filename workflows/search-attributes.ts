import { defineSearchAttributeKey } from '@temporalio/common';

/** What an operator can filter on in Temporal UI. Never a secret, never a person's data: they are stored in the clear. */
export const searchAttributes = {
  office: defineSearchAttributeKey('SyncuserOffice', 'KEYWORD'),
  connection: defineSearchAttributeKey('SyncuserConnection', 'KEYWORD'),
  accountingSystem: defineSearchAttributeKey('SyncuserAccountingSystem', 'KEYWORD'),
  status: defineSearchAttributeKey('SyncuserStatus', 'KEYWORD'),
} as const;

export const searchAttributeNames: readonly string[] = Object.values(searchAttributes).map((key) => key.name);

/** What the children of a connection are found by: the same as itself, but for its status. */
export const inherited = [
  searchAttributes.office,
  searchAttributes.connection,
  searchAttributes.accountingSystem,
];
