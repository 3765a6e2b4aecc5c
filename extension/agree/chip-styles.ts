/**
 * Tokens of the extension's look by their first letters (b: rule), as few as the chip needs: the whole script has 12 KB. `!important` in a shadow root wins over whatever the site says
 * of the host element, its own `!important` too (https://drafts.csswg.org/css-cascade-5/#important).
 */
export const CHIP_STYLES = `
:host{all:initial!important;position:fixed!important;z-index:2147483647!important;pointer-events:none!important;color-scheme:light dark;
--r:#fff;--i:#1b1a17;--m:#5e5a52;--b:#e4e0d8;--l:#1f4e8c;--a:#9a4a06}
@media(prefers-color-scheme:dark){:host{--r:#1e2024;--i:#e9e6df;--m:#a8a398;--b:#33353a;--l:#9cc2f5;--a:#f2b26b}}
*{box-sizing:border-box}.chip{position:fixed;left:0;top:0;width:280px;max-width:calc(100vw - 16px);max-height:60vh;overflow:auto;padding:12px;pointer-events:auto;background:var(--r);color:var(--i);border:1px solid var(--b);border-inline-start:3px solid var(--a);border-radius:4px;box-shadow:0 2px 12px #0003;font:14px/1.45 system-ui,sans-serif;text-align:start;overflow-wrap:anywhere;transition:opacity .15s}
.chip.away{visibility:hidden;opacity:0}.head{display:flex;gap:8px;justify-content:space-between}
h2{margin:0;font-size:13px;color:var(--m)}
p,button{margin:8px 0 0}
p:empty{margin:0}.name{display:block}
button{font:inherit;color:var(--l);background:0 0;border:1px solid var(--b);border-radius:4px;min-height:28px;padding:2px 8px;cursor:pointer}
.link,.close{border:0;padding:0}
.link{margin:0;min-height:24px;text-decoration:underline;text-align:start}
.close{margin:-4px -4px 0 0;min-width:28px;color:var(--m)}
:focus-visible{outline:2px solid var(--l);outline-offset:2px}
:disabled{color:var(--m);cursor:default}
@media(max-width:480px){.chip{width:100%}}
@media(prefers-reduced-motion:reduce){.chip{transition:none}}
`;

/** Sites may forbid `<style>`; sheets made by script are free of that, but older Firefoxes have none in content scripts. */
export function putStyles(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CHIP_STYLES);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const style = root.ownerDocument.createElement('style');
    style.textContent = CHIP_STYLES;
    root.append(style);
  }
}
