import { defineBackground } from 'wxt/utils/define-background';
import { startBackground } from '../background/start.ts';

// One file of its own: modules would share theirs with all pages, and the worker would read those at each waking.
export default defineBackground(startBackground);
