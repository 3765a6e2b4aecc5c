import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { watchAgreeMoments } from '../agree/agree-moment.ts';
import { askBackground, isPrivate, onEnd, readNote } from '../agree/ask-background.ts';
import { isShown } from '../agree/is-shown.ts';

/**
 * Runs in every frame of every site, but only where somebody turned it on (background/agree-registration.ts). A script of its
 * own rather than one of WXT's content scripts: what those bring along is larger than all of this.
 */
export default defineUnlistedScript(() => {
  if (isPrivate()) return;
  onEnd(watchAgreeMoments({ document, isShown, ask: askBackground, readNote }));
});
