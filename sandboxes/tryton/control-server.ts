import fastify from 'fastify';
import { z } from 'zod';
import { isSwitch, switchNames, type SwitchName, type TrytonControl } from './control.ts';

/**
 * The JSON control API: `GET /control/state` names the switches, `POST /control/<switch>` turns one. A switch only
 * takes JSON, so that a form on some web page cannot turn it.
 */
export async function startTrytonControl({
  control,
  port,
}: {
  control: TrytonControl;
  port: number;
}): Promise<{ url: string; stop(): Promise<void> }> {
  const app = fastify();
  app.get('/control/state', () => ({ switches: switchNames }));
  app.post<{ Params: { name: string } }>('/control/:name', async (request, reply) => {
    const { name } = request.params;
    if (!isSwitch(name)) return reply.code(404).send({ error: `There is no switch "${name}".` });
    const { code, answer } = await turned(control, name, request.body);
    return reply.code(code).send(answer);
  });
  return { url: await app.listen({ host: '127.0.0.1', port }), stop: () => app.close() };
}

async function turned(control: TrytonControl, name: SwitchName, body: unknown) {
  try {
    // The switch itself checks what it is given.
    return { code: 200, answer: { result: await control.turn(name, body as never) } };
  } catch (error) {
    if (error instanceof z.ZodError) return { code: 400, answer: { error: z.prettifyError(error) } };
    return { code: 422, answer: { error: error instanceof Error ? error.message : String(error) } };
  }
}
