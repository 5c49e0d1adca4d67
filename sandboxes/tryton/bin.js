#!/usr/bin/env node
// Not every Node that we know runs TypeScript by itself; tsx is found from here, wherever one stands.
import { register } from 'tsx/esm/api';

register();
await import('./main.ts');
