import { expect, test } from '@jest/globals';
import type { Company, CompanyStatus } from '../../../domain/connections/company.ts';
import { onBothDatabases } from '../../database.ts';
import { handClock, openStore } from '../store.ts';

const company = (externalId: string, name: string, status: CompanyStatus = 'reachable'): Company => ({
  externalId,
  code: externalId.toUpperCase(),
  name,
  status,
});

onBothDatabases((open) => {
  test('a listing adds companies, not linked, and gives known ones their new name and status', async () => {
    const { companies } = await openStore(open);
    await companies.recordListing('c1', [company('a', 'Anna')], { complete: true });
    await companies.link('c1', ['a']);

    const renamed = company('a', 'Anna BV', 'no-access');
    await companies.recordListing('c1', [renamed, company('b', 'Bert')], { complete: true });

    expect(await companies.all('c1')).toMatchObject([
      { ...renamed, linked: true },
      { ...company('b', 'Bert'), linked: false },
    ]);
    expect((await companies.linked('c1')).map(({ externalId }) => externalId)).toEqual(['a']);
    expect(await companies.all('c2')).toEqual([]);
  });

  test('an absent company is gone after a complete listing, never after a partial one, and may come back', async () => {
    const { companies } = await openStore(open);
    const statuses = async () => (await companies.all('c1')).map(({ status }) => status);
    await companies.recordListing('c1', [company('a', 'Anna'), company('b', 'Bert')], { complete: true });

    await companies.recordListing('c1', [company('a', 'Anna')], { complete: false });
    expect(await statuses()).toEqual(['reachable', 'reachable']);

    await companies.recordListing('c1', [company('a', 'Anna')], { complete: true });
    expect(await statuses()).toEqual(['reachable', 'gone']);

    await companies.recordListing('c1', [company('b', 'Bert')], { complete: false });
    expect(await statuses()).toEqual(['reachable', 'reachable']);
  });

  test('the status keeps its date while it stays the same', async () => {
    const clock = handClock();
    const { companies } = await openStore(open, { now: clock.now });
    const list = (status: CompanyStatus) =>
      companies.recordListing('c1', [company('a', 'Anna', status)], { complete: true });
    const dates = async () => {
      const [only] = await companies.all('c1');
      return [only?.statusSince.slice(11, 16), only?.lastSeenAt.slice(11, 16)];
    };

    await list('reachable');
    clock.advance(60_000);
    await list('reachable');
    expect(await dates()).toEqual(['10:00', '10:01']);

    clock.advance(60_000);
    await companies.foundStatus('c1', 'a', 'reachable');
    expect(await dates()).toEqual(['10:00', '10:01']);
    await companies.foundStatus('c1', 'a', 'blocked');
    expect(await dates()).toEqual(['10:02', '10:01']);

    clock.advance(60_000);
    await list('no-access');
    expect(await dates()).toEqual(['10:03', '10:03']);
  });

  test('what reading found of a company stays, as no list knows better, until reading finds something else', async () => {
    const { companies } = await openStore(open);
    const listed = (status: CompanyStatus) =>
      companies.recordListing('c1', [company('a', 'Anna', status)], { complete: true });
    const now = async () => {
      const [only] = await companies.all('c1');
      return [only?.status, only?.listedAs];
    };
    await listed('reachable');
    await companies.foundStatus('c1', 'a', 'licence-expired');
    await listed('reachable');
    expect(await now()).toEqual(['licence-expired', 'reachable']);
    await companies.foundStatus('c1', 'a', 'reachable');
    expect(await now()).toEqual(['reachable', 'reachable']);

    // A list that says more than "reachable" is believed, and so is one that says it anew.
    await companies.foundStatus('c1', 'a', 'licence-expired');
    await listed('archived');
    expect(await now()).toEqual(['archived', 'archived']);
    await listed('reachable');
    expect(await now()).toEqual(['reachable', 'reachable']);
    await companies.foundStatus('c1', 'a', 'blocked');
    await companies.recordListing('c1', [], { complete: true });
    expect(await now()).toEqual(['gone', 'gone']);
    await listed('reachable');
    expect(await now()).toEqual(['reachable', 'reachable']);
    await companies.noneListed('c1');
    expect(await now()).toEqual(['no-access', 'no-access']);
  });

  test('linking a company nobody listed is refused and links none of them', async () => {
    const { companies } = await openStore(open);
    await companies.recordListing('c1', [company('a', 'Anna')], { complete: true });

    await expect(companies.link('c1', ['a', 'x'])).rejects.toThrow('company x was never listed');
    expect(await companies.linked('c1')).toEqual([]);
  });

  test('the counts tell what there is, what is linked and what is reachable', async () => {
    const { companies } = await openStore(open);
    expect(await companies.counts('c1')).toEqual({ total: 0, linked: 0, reachable: 0, linkedReachable: 0 });
    const listing = [company('a', 'A'), company('b', 'B', 'archived'), company('c', 'C'), company('d', 'D')];
    await companies.recordListing('c1', listing, { complete: true });
    await companies.link('c1', ['a', 'b']);

    expect(await companies.counts('c1')).toEqual({ total: 4, linked: 2, reachable: 3, linkedReachable: 1 });
  });

  test('a listing of thousands of companies is taken in, a repeated one counts once', async () => {
    const { companies } = await openStore(open);
    const many = Array.from({ length: 2_500 }, (_, index) => company(`id-${index}`, `Company ${index}`));

    await companies.recordListing('c1', [...many, company('id-7', 'Seven')], { complete: true });

    expect((await companies.counts('c1')).total).toBe(2_500);
    expect((await companies.all('c1')).find(({ externalId }) => externalId === 'id-7')?.name).toBe('Seven');
  });
});
