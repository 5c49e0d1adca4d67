import { describe, expect, test } from '@jest/globals';
import type { Company, CompanyStatus } from '../../../domain/connections/company.ts';
import { findObstacles, type KindFailure } from '../../../domain/connections/obstacles.ts';
import { explainObstacle } from '../../../words/connections/obstacles.ts';
import type { MasterDataKind } from '../../../domain/master-data.ts';
import { screensOf } from '../../screens.ts';

const names = { screens: screensOf('exact-online'), system: 'Exact Online', login: 'CX_Basecone' };
const company = (number: number, status: CompanyStatus = 'reachable'): Company => ({
  externalId: `${number}`,
  code: `${100 + number}`,
  name: `Bakker ${number}`,
  status,
});
const failed = (number: number, kind: MasterDataKind, code: string, gate?: KindFailure['error']['gate']) => ({
  companyId: `${number}`,
  kind,
  error: { code, ...(gate && { gate }) },
});
const explained = (companies: Company[], failures: KindFailure[]) =>
  findObstacles(companies, failures).map((obstacle) => explainObstacle(obstacle, names));

describe('What does not come in', () => {
  test('is nothing when all is well', () => {
    expect(findObstacles([company(1), company(2)], [])).toEqual([]);
  });

  test('for the same reason in several companies is said once, with the screens of all its kinds', () => {
    const right = (number: number) => [
      failed(number, 'journal', 'right: user-right', 'user-right'),
      failed(number, 'vat-code', 'right: user-right', 'user-right'),
    ];
    const companies = [1, 2, 3, 4, 5].map((number) => company(number));
    expect(explained(companies, [1, 2, 3, 4, 5].flatMap(right))).toMatchObject([
      {
        what: 'CX_Basecone may not read the VAT codes and journals of 5 companies (101 Bakker 1, 102 Bakker 2, 103 Bakker 3 and 2 more) in Exact Online',
        mend: 'Ask an administrator of Exact Online to give CX_Basecone this right: Company name > Master data > Users > Overview, choose the user, then Rights > Financial (VAT) and Financial (journals). The next round brings them in.',
      },
    ]);
  });

  test('is a repair of its own for each closed gate, what concerns most companies first', () => {
    const companies = [company(1), company(2), company(3)];
    const found = findObstacles(companies, [
      failed(1, 'project', 'right: module', 'module'),
      failed(2, 'project', 'right: app-scope', 'app-scope'),
      failed(3, 'project', 'right: app-scope', 'app-scope'),
    ]);
    expect(found.map(({ why, companies: hit }) => [why, hit.length])).toEqual([
      [{ about: 'gate', gate: 'app-scope' }, 2],
      [{ about: 'gate', gate: 'module' }, 1],
    ]);
    const [scope, module] = found.map((obstacle) => explainObstacle(obstacle, names));
    expect(scope?.mend).toContain('at least Read on "Projects: Projects"');
    expect(module?.what).toBe('101 Bakker 1 has no projects in Exact Online: its licence lacks the module');
  });

  test('of a whole company is said once, by the gate that the last refusal named', () => {
    const refused = failed(1, 'item', 'company: no-access', 'app-companies');
    for (const status of ['no-access', 'reachable'] as const)
      expect(explained([company(1, status)], [refused, { ...refused, kind: 'project' }])).toMatchObject([
        { mend: expect.stringContaining('Security Centre') },
      ]);
    expect(explained([company(1, 'no-access')], [])).toMatchObject([
      { mend: expect.stringContaining('Companies: Access rights') },
    ]);
  });

  test('speaks of several companies as of several', () => {
    const blocked = [company(1, 'blocked'), company(2, 'blocked')];
    expect(explained(blocked, [])[0]?.what).toBe(
      '2 companies (101 Bakker 1, 102 Bakker 2) are blocked in Exact Online',
    );
    expect(explained([company(1, 'archived')], [])[0]?.what).toBe('101 Bakker 1 is archived in Exact Online');
  });

  test('without a closed gate says that nothing has to be done, or who is to be told', () => {
    const words = explained(
      [company(1)],
      [
        failed(1, 'item', 'delay: rate-limit'),
        failed(1, 'project', 'reply'),
        failed(1, 'journal', 'link: grant-lost'),
      ],
    );
    expect(words.map(({ mend }) => mend)).toEqual([
      expect.stringContaining('asks again as soon as it may'),
      expect.stringContaining('Tell whoever runs Syncuser'),
      expect.stringContaining('the next round tries again'),
    ]);
  });
});
