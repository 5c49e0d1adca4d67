import type { ConnectionState } from '../../domain/connection.ts';

/** The one word a superuser sees for a connection; derived, never stored. */
export function statusWord(state: Pick<ConnectionState, 'link'>): string {
  switch (state.link.state) {
    case 'connecting':
      return 'Waiting for login';
    case 'connected':
      return 'Connected';
    case 'disconnected':
      return 'Disconnected';
    case 'abandoned':
      return 'Set-up abandoned';
  }
}
