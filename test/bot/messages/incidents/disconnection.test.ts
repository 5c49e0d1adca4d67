import { describe, expect, test } from '@jest/globals';
import type { Disconnection } from '../../../../domain/announcements/incidents.ts';
import { linkCauses } from '../../../../domain/causes.ts';
import { inWords } from '../../in-words.ts';
import { companies, disconnectionFacts } from '../../facts.ts';
import { actionsOf } from '../drawn.ts';

const words = (announcement: Disconnection) => inWords(announcement).text;

describe('A disconnection', () => {
  test('says since when, why, what is hit, what it means and what to do', () => {
    expect(words(disconnectionFacts)).toMatchInlineSnapshot(`
     ":red_circle: *Exact Online is disconnected* since <!date^1795427760^{date_short_pretty} at {time}|2026-11-23 09:56 UTC>
     *Why:* the consent of CX_Basecone was withdrawn in Exact Online. Tom de Vries is the synchronisation user.
     *What is hit:* 2 companies
     • 101 Bakkerij 1 B.V.
     • 102 Bakkerij 2 B.V.
     *What it means:* no document of these companies can be booked. Master data stays as of <!date^1795427760^{date_short_pretty} at {time}|2026-11-23 09:56 UTC>.
     *Next step:* Click Reconnect and log in to Exact Online as CX_Basecone.
     This can be done by Tom de Vries or Sanne Jansen."
    `);
    expect(actionsOf(inWords(disconnectionFacts))).toEqual(['Reconnect', 'I’m on it', 'Snooze…', 'Why?']);
  });
  test('names a handful of companies and counts the rest, which are one click away', () => {
    const text = words({ ...disconnectionFacts, companies: companies(300) });
    expect(text).toContain('• 105 Bakkerij 5 B.V.\nand 295 more');
    expect(text).not.toContain('Bakkerij 6 ');
    expect(text.split('\n').length).toBeLessThanOrEqual(12);
    const few = inWords({ ...disconnectionFacts, companies: companies(13) });
    expect(few.text).toContain('and 8 more');
    expect(few.whole?.lines.join()).toContain('Bakkerij 13 ');
  });
  test('says who is on it, and somebody else may be on it instead', () => {
    const taken = inWords({ ...disconnectionFacts, onIt: 'Sanne Jansen' });
    expect(taken.text).toContain('Sanne Jansen is on it.');
    expect(actionsOf(taken)).toEqual(['Reconnect', 'I’m on it instead', 'Snooze…', 'Why?']);
  });
  test('says how it ended, without buttons', () => {
    const ended = { by: 'Sanne Jansen', at: '2026-11-23T10:00:00.000Z', how: 'reconnected' } as const;
    const message = inWords({ ...disconnectionFacts, ended, bookedAgain: 'once-read' });
    expect(message.text).toMatchInlineSnapshot(`
     ":large_green_circle: *Exact Online*: reconnected by Sanne Jansen after 4 minutes
     It was disconnected since <!date^1795427760^{date_short_pretty} at {time}|2026-11-23 09:56 UTC>, because the consent of CX_Basecone was withdrawn in Exact Online. Documents of 2 companies can be booked again as soon as their master data has been read again."
    `);
    const now = words({ ...disconnectionFacts, ended, bookedAgain: 'now' });
    expect(now).toMatch(/Documents of 2 companies can be booked again\.$/);
    expect(words({ ...disconnectionFacts, ended })).not.toContain('booked');
    expect(actionsOf(message)).toEqual([]);
    expect(words({ ...disconnectionFacts, ended: { ...ended, how: 'changed' } })).toContain(
      'connected again after 4 minutes: Sanne Jansen changed the synchronisation user',
    );
  });
  test.each(linkCauses)('has words and a next step for %s', (cause) => {
    const text = words({ ...disconnectionFacts, cause });
    expect(text).toMatch(/\*Why:\* .*(CX_Basecone|Exact Online)/);
    expect(text).toMatch(/\*Next step:\* .+/);
    expect(text).not.toMatch(/\{(system|login)\}/);
    const offers = actionsOf(inWords({ ...disconnectionFacts, cause })).includes('Reconnect');
    expect(offers).toBe(cause !== 'app-refused'); // which nobody mends by logging in
    expect(text.includes('This can be done by')).toBe(offers);
  });
  test('never lets a name become a mention', () => {
    const text = words({ ...disconnectionFacts, companies: [{ code: '1', name: '<!channel> & Zn.' }] });
    expect(text).toContain('&lt;!channel&gt; &amp; Zn.');
  });
});
