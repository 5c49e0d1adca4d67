import { expect, test } from '@jest/globals';
import { readWorkspace } from '@syncuser/slack-sandbox';
import { readDemoOffice } from '../../start/demo-office.ts';

test('The people and channels of the demo office are those of the local Slack', () => {
  const [office, workspace] = [readDemoOffice(), readWorkspace()];
  expect(workspace).toMatchObject({ name: office.name, timeZone: office.timeZone });
  expect(workspace.people).toEqual(
    office.users.map(({ id, name, slackUserId }) => ({ id: slackUserId, name: id, realName: name })),
  );
  expect(workspace.channels.map(({ id, name }) => ({ id, name }))).toEqual([
    { id: office.channelId, name: 'accounting' },
    ...office.teams.map(({ id, channelId }) => ({ id: channelId, name: `team-${id}` })),
  ]);
});
