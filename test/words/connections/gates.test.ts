import { describe, expect, test } from '@jest/globals';
import type { CompanyStatus } from '../../../domain/connections/company.ts';
import { companyStatusWords } from '../../../words/connections/company-status.ts';
import { gates } from '../../../domain/connections/gates.ts';
import { explainCompanyStatus, explainGate, type GateNames } from '../../../words/connections/gates.ts';
import { masterDataKinds } from '../../../domain/master-data.ts';
import { screensOf } from '../../screens.ts';

const names: GateNames = {
  screens: screensOf('exact-online'),
  system: 'Exact Online',
  login: 'CX_Basecone',
  company: 'Bakkerij De Korenaar B.V.',
  kinds: ['journal'],
};

describe('A closed gate', () => {
  test('names the person, the company, the kind and the screen where it is opened', () => {
    expect(explainGate('user-right', names)).toEqual({
      what: 'CX_Basecone may not read the journals of Bakkerij De Korenaar B.V. in Exact Online',
      opening: 'CX_Basecone may not read the journals of Bakkerij De Korenaar B.V. in Exact Online',
      mend: 'Ask an administrator of Exact Online to give CX_Basecone this right: Company name > Master data > Users > Overview, choose the user, then Rights > Financial (journals). The next round brings them in.',
    });
  });

  test('is another one when the consent leaves the company out than when the user has no access to it', () => {
    const [ofUser, ofApp] = [explainGate('company-access', names), explainGate('app-companies', names)];
    expect(ofUser.mend).toContain('Companies: Access rights');
    expect(ofApp.mend).toContain('Security Centre');
    expect(ofApp.what).toContain('Syncuser itself');
  });

  test('asks for a new login only when the app was given too little', () => {
    const reconnecting = gates.filter((gate) => explainGate(gate, names).mend.includes('Reconnect'));
    expect(reconnecting).toEqual(['app-scope']);
  });

  test.each(gates.flatMap((gate) => masterDataKinds.map((kind) => [gate, kind] as const)))(
    '%s for %s has words for every system, also for one whose screens nobody described',
    (gate, kind) => {
      for (const systemId of ['exact-online', 'tryton', 'another']) {
        const { what, mend } = explainGate(gate, { ...names, screens: screensOf(systemId), kinds: [kind] });
        expect(`${what} ${mend}`).toMatch(/^[^{}]+$/);
        expect(`${what} ${mend}`).not.toMatch(/undefined|: \./);
      }
    },
  );

  test('has words when no kind is concerned', () => {
    const { screens, system, login, company } = names;
    const ofCompany = { screens, system, login, company };
    expect(explainGate('user-right', ofCompany)).toEqual({
      what: 'CX_Basecone may not read the master data of Bakkerij De Korenaar B.V. in Exact Online',
      opening: 'CX_Basecone may not read the master data of Bakkerij De Korenaar B.V. in Exact Online',
      mend: 'Ask an administrator of Exact Online to give CX_Basecone this right: user management, rights. The next round brings them in.',
    });
  });
});

describe('As a sentence begins,', () => {
  test('the words take a capital and a name keeps its letters, as a package may mind them', () => {
    const names = {
      screens: screensOf('tryton'),
      system: 'Tryton',
      login: 'cx_basecone',
      company: 'de Vries & Zn',
    };
    const openings = [
      ...gates.map((gate) => explainGate(gate, names)),
      ...Object.keys(companyStatusWords).map((status) =>
        explainCompanyStatus(status as CompanyStatus, names),
      ),
    ].flatMap((words) => words?.opening ?? []);
    for (const opening of openings) expect(opening).toMatch(/^(cx_basecone|de Vries|[A-Z])/);
    expect(openings.join()).toContain('cx_basecone may not read');
  });
});

describe('The status of a company', () => {
  test.each(['blocked', 'licence-expired', 'archived', 'gone', 'unverified', 'no-access'] as const)(
    '%s says what is the matter and what to do',
    (status) => {
      const words = explainCompanyStatus(status, names);
      expect(words?.what).toContain(names.company);
      expect(words?.mend.length).toBeGreaterThan(20);
      expect(`${words?.what} ${words?.mend}`).not.toMatch(/[{}]/);
    },
  );

  test('needs no words when it can be reached', () => {
    expect(explainCompanyStatus('reachable', names)).toBeNull();
  });

  test('no-access is mended where the closed gate is', () => {
    expect(explainCompanyStatus('no-access', names, 'app-companies')).toEqual(
      explainGate('app-companies', names),
    );
    expect(explainCompanyStatus('no-access', names)).toEqual(explainGate('company-access', names));
  });
});
