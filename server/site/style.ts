/** Styles of all pages: light and dark, narrow and wide, nothing loaded from anywhere. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #fbfaf7; --raised: #fff; --ink: #1b1a17; --muted: #5e5a52; --rule: #e4e0d8; --link: #1f4e8c; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #16171a; --raised: #1e2024; --ink: #e9e6df; --muted: #a8a398; --rule: #33353a; --link: #9cc2f5; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.55 system-ui, sans-serif; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 4px; }
code, pre { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
.frame { max-width: 1080px; margin: 0 auto; padding: 32px 20px 64px; }
.intro p { max-width: 68ch; margin: 0 0 12px; font: 18px/1.6 Charter, Georgia, serif; }
h1 { margin: 0 0 16px; font: 600 28px/1.2 Charter, Georgia, serif; }
h2 { margin: 48px 0 4px; font: 600 20px/1.3 Charter, Georgia, serif; }
h2 + p { margin: 0 0 16px; color: var(--muted); max-width: 68ch; }
h2 + article { margin-top: 12px; }
nav ul { columns: 2; column-gap: 32px; margin: 4px 0 16px; padding: 0; list-style: none; }
nav li { break-inside: avoid; padding: 2px 0; }
nav h3 { margin: 16px 0 0; font-size: 13px; color: var(--muted); }
article { margin: 0 0 16px; padding: 16px 20px; background: var(--raised); border: 1px solid var(--rule); border-radius: 4px; }
article h3 { margin: 0 0 8px; font: 600 15px/1.4 system-ui, sans-serif; }
article p { margin: 0 0 8px; max-width: 76ch; }
article > :last-child { margin-bottom: 0; }
main ul { margin: 8px 0 0; padding-left: 20px; }
.facts { color: var(--muted); font-variant-numeric: tabular-nums; }
.path { display: block; margin: 0 0 8px; color: var(--muted); }
.path b { color: var(--ink); font-weight: 600; }
dl { margin: 8px 0 0; display: grid; grid-template-columns: minmax(120px, 180px) 1fr; gap: 4px 16px; border-top: 1px solid var(--rule); padding-top: 8px; }
dt { font-weight: 600; }
dd { margin: 0; color: var(--muted); }
dd code { color: var(--ink); }
article p:last-of-type { margin-top: 8px; }
details { margin-top: 8px; }
summary { cursor: pointer; color: var(--link); }
pre { margin: 8px 0 0; padding: 12px; overflow-x: auto; background: var(--paper); border: 1px solid var(--rule); border-radius: 4px; overflow-wrap: normal; }
@media (max-width: 640px) { nav ul { columns: 1; } dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 8px; } .frame { padding: 20px 14px 48px; } article { padding: 12px 14px; } }
@media print { body { background: none; } article { break-inside: avoid; border: 0; padding: 0; }  }
`;
