import { teamsOf, type Office } from '../domain/office.ts';

/**
 * Who is to hear of these companies: the office channel of all of them, and the channel of each team that is hit of its
 * own. The office comes first, also when there is no company.
 */
export function audienceOf<C extends { code: string; name: string }>(
  office: Office,
  companies: readonly C[],
): { channel: string; companies: C[] }[] {
  const channels = new Set(teamsOf(office, companies).map(({ channelId }) => channelId));
  channels.delete(office.channelId);
  const isKeptIn = (channel: string) => (company: C) =>
    teamsOf(office, [company]).some(({ channelId }) => channelId === channel);
  return [
    { channel: office.channelId, companies: [...companies] },
    ...[...channels].map((channel) => ({ channel, companies: companies.filter(isKeptIn(channel)) })),
  ];
}
