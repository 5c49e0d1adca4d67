/**
 * The page keeps to itself as whom one acts, so this goes into it: it tells over the page's own socket who is chosen, at
 * the start and at every change, and the front sends only what that person may see.
 */
export const actingScript = `<script>(() => {
  const sockets = [];
  const chosen = () => [...document.querySelectorAll('label.actas')]
    .find((label) => label.textContent.startsWith('Act as'))?.querySelector('select')?.value;
  const tell = () => {
    const user = chosen();
    if (user) for (const socket of sockets) if (socket.readyState === 1) socket.send(JSON.stringify({ t: 'act_as', user }));
  };
  window.WebSocket = class extends window.WebSocket {
    constructor(...args) { super(...args); sockets.push(this); this.addEventListener('open', tell); }
  };
  document.addEventListener('change', (event) => { if (event.target.closest?.('label.actas')) setTimeout(tell); });
})()</script>`;

type Json = Record<string, unknown>;

/** @returns what of a frame to the page is for this person; null when nothing is */
export function framesFor(frame: Json, user: string | undefined, appConnected: boolean): Json | null {
  const isFor = (message: unknown) => {
    const { ephemeral_to: reader } = message as Json;
    return reader === undefined || reader === user;
  };
  switch (frame['t']) {
    case 'message':
    case 'message_update':
      return isFor(frame['message']) ? frame : null;
    case 'socket_status':
      // Ours to the local Slack is always there; the app's is told by the front.
      return null;
    case 'init': {
      const state = frame['state'] as { messages: Record<string, Json[]>; apps: Json[] };
      const messages = Object.fromEntries(
        Object.entries(state.messages).map(([channel, list]) => [channel, list.filter(isFor)]),
      );
      const apps = state.apps.map((app) => ({ ...app, connected: appConnected }));
      return { ...frame, state: { ...state, messages, apps } };
    }
    default:
      return frame;
  }
}

/** Whom the page acts as before anybody chose: the first person who is no bot, as the page itself does. */
export function firstPerson(frame: Json): string | undefined {
  if (frame['t'] !== 'init') return undefined;
  const { users } = frame['state'] as { users: { id: string; is_bot?: boolean }[] };
  return users.find((user) => !user.is_bot)?.id;
}
