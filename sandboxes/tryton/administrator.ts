import { z } from 'zod';
import { logIn, type TrytonAddress } from './client.ts';
import { administrator } from './office.ts';

/** Tryton as its administrator works in it: records by model. Every method calls Tryton itself. */
export interface TrytonDesk {
  create(model: string, records: Fields[], context?: Fields): Promise<number[]>;
  write(model: string, ids: number[], fields: Fields): Promise<void>;
  remove(model: string, ids: number[]): Promise<void>;
  /** Archived records count as well. */
  find(model: string, domain: unknown[]): Promise<number[]>;
  /** @throws Error when not exactly one record fits */
  only(model: string, domain: unknown[]): Promise<number>;
  call(method: string, parameters: unknown[], context?: Fields): Promise<unknown>;
}

export type Fields = Record<string, unknown>;

const ids = z.array(z.int());

/** Logs in as administrator. */
export async function openDesk(address: TrytonAddress): Promise<TrytonDesk> {
  const user = await logIn(address, administrator);
  const call = (method: string, parameters: unknown[], context: Fields = {}) =>
    user.call(method, [...parameters, context]);

  const desk: TrytonDesk = {
    call,
    create: async (model, records, context) =>
      ids.parse(await call(`model.${model}.create`, [records], context)),
    async write(model, records, fields) {
      await call(`model.${model}.write`, [records, fields]);
    },
    async remove(model, records) {
      await call(`model.${model}.delete`, [records]);
    },
    find: async (model, domain) =>
      ids.parse(await call(`model.${model}.search`, [domain, 0, null, null], { active_test: false })),
    async only(model, domain) {
      const found = await desk.find(model, domain);
      if (found.length === 1 && found[0] !== undefined) return found[0];
      throw new Error(`${found.length} records of ${model} fit ${JSON.stringify(domain)}, not one`);
    },
  };
  return desk;
}

/** A number as Tryton takes it without losing a digit. */
export function decimal(text: string): Fields {
  return { __class__: 'Decimal', decimal: text };
}

/** A day as Tryton takes it. */
export function day(year: number, month: number, date: number): Fields {
  return { __class__: 'date', year, month, day: date };
}
