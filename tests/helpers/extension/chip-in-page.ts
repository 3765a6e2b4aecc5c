import type { CDPSession, Page, Protocol } from 'puppeteer';

/** The note beside a form as it is shown, read by the browser's own tools: neither a site nor a script can look into it. */
export interface ShownChip {
  readonly text: string;
  /** Names of documents. */
  readonly names: readonly string[];
  readonly language: string | undefined;
  /** Labels of its buttons, in their order. */
  readonly buttons: readonly string[];
  /** Names of the elements in it, each once. */
  readonly elements: readonly string[];
  /** Whether it waits for room, unseen. */
  readonly isAway: boolean;
  /** In CSS pixels from the window's upper left corner. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

type Node = Protocol.DOM.Node;

interface Found {
  readonly host: Node;
  readonly root: Node;
  readonly box: Node;
}

/** @returns undefined where none is there, or it is being built */
export async function readChip(page: Page): Promise<ShownChip | undefined> {
  return withSession(page, async (session) => {
    const found = await findChip(session);
    if (!found) return undefined;
    const { box } = found;
    const buttons = descendants(box).filter(({ localName }) => localName === 'button');
    if (buttons.length === 0) return undefined;
    return {
      text: textOf(box),
      names: descendants(box)
        .filter((node) => attribute(node, 'class') === 'name')
        .map(textOf),
      language: attribute(box, 'lang'),
      buttons: buttons.map(labelOf),
      elements: [...new Set(descendants(box).map(({ localName }) => localName))].filter(Boolean).sort(),
      isAway: (attribute(box, 'class') ?? '').includes('away'),
      box: boxOf(await session.send('DOM.getContentQuads', { nodeId: box.nodeId })),
    };
  });
}

/** With a real mouse, in the middle of it. @param label of the button */
export async function clickInChip(page: Page, label: string): Promise<void> {
  const { x, y, width, height } = await withSession(page, async (session) => {
    const found = await findChip(session);
    const button =
      found && descendants(found.box).find((node) => node.localName === 'button' && labelOf(node) === label);
    if (!button) throw new Error(`No button of the note says “${label}”.`);
    return boxOf(await session.send('DOM.getContentQuads', { nodeId: button.nodeId }));
  });
  await page.mouse.click(x + width / 2, y + height / 2);
}

/** From now on the site's own scripts find the root at its host, so that axe can look into it. */
export async function openChip(page: Page): Promise<void> {
  await withSession(page, async (session) => {
    const found = await findChip(session);
    if (!found) throw new Error('No note is shown.');
    const [host, root] = await Promise.all(
      [found.host, found.root].map(({ nodeId }) => session.send('DOM.resolveNode', { nodeId })),
    );
    await session.send('Runtime.callFunctionOn', {
      objectId: host?.object.objectId ?? '',
      functionDeclaration: 'function (root) { Object.defineProperty(this, "shadowRoot", { value: root }) }',
      arguments: [{ objectId: root?.object.objectId ?? '' }],
    });
  });
}

async function withSession<Result>(page: Page, work: (session: CDPSession) => Promise<Result>): Promise<Result> {
  const session = await page.createCDPSession();
  try {
    return await work(session);
  } finally {
    await session.detach().catch(() => undefined);
  }
}

async function findChip(session: CDPSession): Promise<Found | undefined> {
  const { root: document } = await session.send('DOM.getDocument', { depth: -1, pierce: true });
  for (const host of descendants(document)) {
    const root = host.shadowRoots?.find(({ shadowRootType }) => shadowRootType === 'closed');
    const box = root?.children?.find((node) => (attribute(node, 'class') ?? '').split(' ').includes('chip'));
    if (root && box) return { host, root, box };
  }
  return undefined;
}

/** Also in frames and in shadow roots of all kinds. */
function descendants(node: Node): readonly Node[] {
  const inner = [
    ...(node.children ?? []),
    ...(node.shadowRoots ?? []),
    ...(node.contentDocument ? [node.contentDocument] : []),
  ];
  return inner.flatMap((one) => [one, ...descendants(one)]);
}

const textOf = (node: Node): string =>
  node.nodeType === 3 ? node.nodeValue : (node.children ?? []).map(textOf).join(node.localName === 'div' ? '\n' : '');

const labelOf = (button: Node): string => attribute(button, 'aria-label') ?? textOf(button);

function attribute({ attributes = [] }: Node, name: string): string | undefined {
  const place = attributes.findIndex((one, index) => index % 2 === 0 && one === name);
  return place < 0 ? undefined : attributes[place + 1];
}

function boxOf({ quads }: Protocol.DOM.GetContentQuadsResponse): ShownChip['box'] {
  const [x = 0, y = 0, , , right = 0, bottom = 0] = quads[0] ?? [];
  return { x, y, width: right - x, height: bottom - y };
}
