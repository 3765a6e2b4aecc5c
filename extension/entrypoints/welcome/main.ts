import { startPage } from '../../setup/start-page.ts';
import { welcomePage } from './welcome-page.ts';

await startPage('welcome_page', welcomePage);
