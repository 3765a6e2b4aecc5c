import { html } from 'hono/html';

type Html = ReturnType<typeof html>;

/** A page for people: light and dark, narrow and wide, no scripts. */
export const page = (title: string, stylesheet: string, body: Html): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="${stylesheet}">
</head>
<body><div class="frame">
${body}
</div></body>
</html>
`;
