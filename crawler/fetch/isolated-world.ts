import type { CDPSession } from 'puppeteer';

/** Evaluates our own expressions in a document, out of reach of the document's scripts. */
export interface IsolatedWorld {
  /** @throws Error where the document goes away meanwhile or the expression throws. */
  evaluate(expression: string): Promise<unknown>;
}

/** A world beside the main frame's own: same DOM, but none of the document's overridden built-ins. */
export function isolatedWorld(client: CDPSession): IsolatedWorld {
  let contextId: number | undefined;

  async function create(): Promise<number> {
    const { frameTree } = await client.send('Page.getFrameTree');
    const { executionContextId } = await client.send('Page.createIsolatedWorld', {
      frameId: frameTree.frame.id,
      worldName: 'clausewatch',
    });
    return executionContextId;
  }

  return {
    async evaluate(expression) {
      contextId ??= await create();
      try {
        const { result, exceptionDetails } = await client.send('Runtime.evaluate', {
          expression,
          contextId,
          returnByValue: true,
        });
        if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
        return result.value;
      } catch (error) {
        // The document may have been replaced by another: its world went with it.
        contextId = undefined;
        throw error;
      }
    },
  };
}
