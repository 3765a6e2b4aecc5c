import { startPage } from '../../setup/start-page.ts';
import { optionsPage } from './options-page.ts';

await startPage('options_title', optionsPage);
